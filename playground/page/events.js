// The live stream. The browser resumes with Last-Event-ID by itself; when it gives up, a new stream is opened.
// Every (re)opening calls `onOpen`, and the store then reads the newest messages again: what a stream could not
// replay is never missing, and because messages are kept by their id nothing is ever shown twice.
const KINDS = [
  ...["message", "edited", "deleted", "callback", "commands", "action", "reaction"],
  ...["chat", "call", "process", "clock", "fault", "progress"],
];
const RETRY_MS = 1000;

export function listen({ onEvent, onOpen, onLost }) {
  const source = new EventSource("/play/events");
  source.addEventListener("open", onOpen);
  for (const kind of KINDS) {
    source.addEventListener(kind, (event) => onEvent(kind, JSON.parse(event.data)));
  }
  source.addEventListener("error", () => {
    onLost();
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => listen({ onEvent, onOpen, onLost }), RETRY_MS);
  });
}
