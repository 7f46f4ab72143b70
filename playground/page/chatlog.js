// The messages of one chat as the page knows them: an unbroken stretch from the oldest one read to the newest.
// 1. A message is kept by its id: whatever arrives twice is shown once.
// 2. An answer to a question asked before an event never overwrites what the event said (serials).
// 3. Memory is bounded: while nobody looks at old messages, the stretch is cut back; they are read again on demand.
const KEEP = 3000;
const CUT_TO = 500;

export class ChatLog {
  constructor(id) {
    this.id = id;
    this.ids = [];
    this.messages = new Map();
    this.touched = new Map();
    this.more = true;
    this.loading = false;
    this.ready = false;
    this.oldest = Infinity; // also of deleted messages: where the next page begins
    this.readers = new Set(); // lists that look at old messages now
  }

  get(id) {
    return this.messages.get(id);
  }

  newest() {
    return this.messages.get(this.ids.at(-1));
  }

  put(message, serial) {
    const id = message.message_id;
    if (!this.messages.has(id)) this.#insert(id);
    this.messages.set(id, message);
    this.touched.set(id, serial);
  }

  drop(id, serial) {
    const at = this.ids.indexOf(id);
    if (at >= 0) this.ids.splice(at, 1);
    this.messages.delete(id);
    this.touched.set(id, serial);
  }

  /** Takes a page that was asked for when the count of events stood at `asked`. */
  merge(page, asked) {
    this.oldest = Math.min(this.oldest, page[0]?.message_id ?? Infinity);
    for (const message of page) {
      if ((this.touched.get(message.message_id) ?? -1) > asked) continue;
      if (message.deleted) this.drop(message.message_id, asked);
      else this.put(message, asked);
    }
  }

  /** Takes the newest page after a reconnection: what is newer here than there is gone, a gap starts afresh. */
  resync(page, asked, full) {
    const first = page[0]?.message_id ?? Infinity;
    const gap = !page.length || (this.ids.length && this.ids.at(-1) < first);
    const there = new Set(page.map((message) => message.message_id));
    for (const id of [...this.ids]) {
      const stale = gap || (id >= first && !there.has(id));
      if (stale && this.touched.get(id) <= asked) this.drop(id, asked);
    }
    if (gap || !this.ready) this.more = full;
    if (gap) this.oldest = Infinity;
    this.merge(page, asked);
    this.ready = true;
  }

  trim() {
    if (this.ids.length <= KEEP || this.readers.size) return;
    for (const id of this.ids.splice(0, this.ids.length - CUT_TO)) {
      this.messages.delete(id);
      this.touched.delete(id);
    }
    this.oldest = this.ids[0];
    this.more = true;
  }

  #insert(id) {
    let at = this.ids.length;
    while (at > 0 && this.ids[at - 1] > id) at -= 1;
    this.ids.splice(at, 0, id);
  }
}
