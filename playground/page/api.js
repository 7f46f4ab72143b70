// The control API of the playground: one small function per thing a person can do.
export class Refused extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

export async function call(path, body, method = body === undefined ? "GET" : "POST") {
  const options = { method, headers: { "Content-Type": "application/json" } };
  if (body !== undefined) options.body = JSON.stringify(body);
  const response = await fetch(`/play/${path}`, options);
  const text = await response.text();
  if (!response.ok) throw new Refused(response.status, explain(text) || response.statusText);
  return text ? JSON.parse(text) : {};
}

function explain(text) {
  try {
    const body = JSON.parse(text);
    const why = body.description ?? body.error ?? body.why ?? body.message ?? text;
    return typeof why === "string" ? why : JSON.stringify(why);
  } catch {
    return text.slice(0, 200);
  }
}

const chat = (id, what, body) => call(`chats/${id}/${what}`, body);

export const state = () => call("state");
export const say = (id, body) => chat(id, "say", body);
export const album = (id, body) => chat(id, "album", body);
export const edit = (id, body) => chat(id, "edit", body);
export const press = (id, body) => chat(id, "press", body);
export const contact = (id, body) => chat(id, "contact", body);
export const start = (id, body) => chat(id, "start", body);
export const member = (id, body) => chat(id, "member", body);
export const commands = (id, viewer) => call(`chats/${id}/commands?viewer=${viewer}`);
export const callback = (id) => call(`callbacks/${id}`);
export const addFault = (body) => call("faults", body);
export const removeFault = (id) => call(id === undefined ? "faults" : `faults/${id}`, undefined, "DELETE");
export const process = (what) => call("process", { do: what });
export const clock = (seconds) => call("clock", { advance: seconds });
export const deliver = (body) => call("deliveries", body);
export const fileUrl = (id) => `/play/files/${encodeURIComponent(id)}`;

export function messages(id, viewer, before, limit) {
  const query = new URLSearchParams({ viewer, limit });
  if (before !== undefined) query.set("before", before);
  return call(`chats/${id}/messages?${query}`);
}
