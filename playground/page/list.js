// The scrolling list of one seat: only a window of the conversation is in the document.
// 1. At the bottom, the window is the newest LIVE messages and follows every new one.
// 2. Scrolling up widens it with older ones (read from the server when the page does not have them) and lets go of
//    the newest beyond MOST; scrolling down does the reverse. The place being read never jumps.
// 3. Rows are drawn again only where they differ: a row's signature says what it was drawn from.
import { h, iconButton } from "./dom.js";
import { emptyState, messageRow } from "./message.js";
import { matches, position, rowsOf, signature } from "./rows.js";
import { store } from "./store.js";
import { swipeToReply } from "./swipe.js";
import { walk } from "./walk.js";

const LIVE = 100;
const MOST = 180;
const STEP = 40;
const NEAR = 240;

export class MessageList {
  constructor(seat) {
    this.seat = seat;
    this.top = null; // id of the first message shown; null: whatever the newest LIVE are
    this.end = null; // id of the last message shown; null: attached to the newest
    this.atBottom = true;
    this.unseen = 0;
    this.drawn = new Map();
    this.box = h("div", { class: "messages", role: "log", "aria-live": "off", "aria-busy": "true", tabindex: "0", tLabel: "chat" });
    this.down = iconButton("down", "newest", () => this.toBottom(), { class: "to-bottom", hidden: true });
    this.count = h("span", { class: "badge" });
    this.down.append(this.count);
    this.element = h("div", { class: "list" }, this.box, this.down);
    this.box.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    walk(this.box, this.seat, (id) => this.log.get(id));
    swipeToReply(this.box, (id) => this.seat.act.reply(this.log.get(id)));
    new ResizeObserver(() => this.#stick()).observe(this.box);
    this.box.addEventListener("load", () => this.#stick(), true); // a picture that arrives pushes the bottom down
  }

  get log() {
    return store.log(this.seat.chat);
  }

  /** Asks for one drawing before the next frame, however many messages arrive until then. */
  soon() {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      this.draw();
    });
  }

  draw() {
    const log = this.log;
    if (!log?.ready) return; // what the stream brings before the first page is read waits for it
    if (this.end === null && this.atBottom) {
      this.top = null;
      log.trim();
    }
    const anchor = this.atBottom ? null : this.#anchor();
    this.#reconcile(rowsOf(this.#window(log.ids).map((id) => log.get(id)), this.seat));
    this.box.setAttribute("aria-busy", "false");
    if (anchor) this.box.scrollTop += (this.#height(anchor.key) ?? anchor.y) - anchor.y;
    this.#stick();
    this.#mark();
  }

  toBottom() {
    this.end = null;
    this.top = null;
    this.atBottom = true;
    this.draw();
    this.box.scrollTop = this.box.scrollHeight;
  }

  /** Goes to a message, reading older pages until it is there. */
  async jump(id) {
    const log = this.log;
    while (!log.get(id) && log.more && log.ids[0] > id) await store.older(this.seat.chat);
    const at = log.ids.indexOf(id);
    if (at < 0) return;
    this.atBottom = false;
    this.top = log.ids[Math.max(0, at - STEP)];
    const end = at + LIVE;
    this.end = end < log.ids.length ? log.ids[end] : null;
    this.draw();
    const node = this.row(id);
    node?.scrollIntoView({ block: "center" });
    node?.classList.add("flash");
    setTimeout(() => node?.classList.remove("flash"), 1600);
  }

  row(id) {
    const found = [...this.drawn.values()].find((entry) => entry.ids.includes(id));
    return found?.node;
  }

  noteUnseen() {
    if (this.atBottom) return;
    this.unseen += 1;
    this.#mark();
  }

  #window(ids) {
    const end = this.end === null ? ids.length : position(ids, this.end) + 1;
    const start = this.top === null ? Math.max(0, end - LIVE) : position(ids, this.top);
    return ids.slice(Math.max(start, end - MOST, 0), end);
  }

  #reconcile(rows) {
    const next = new Map();
    const nodes = rows.map((row) => {
      const key = row.messages[0].message_id;
      const old = this.drawn.get(key);
      const same = old && matches(old.signature, row);
      const entry = same ? old : this.#make(row, old);
      next.set(key, entry);
      return entry.node;
    });
    for (const [key, entry] of this.drawn) if (next.get(key)?.node !== entry.node) entry.node.remove();
    this.drawn = next;
    if (!nodes.length) this.box.replaceChildren(emptyState());
    else arrange(this.box, nodes);
  }

  #make(row, old) {
    const node = messageRow(row, this.seat);
    const focused = old?.node.contains(document.activeElement) && document.activeElement.dataset.key;
    if (old) old.node.replaceWith(node);
    if (focused) [...node.querySelectorAll("[data-key]")].find((button) => button.dataset.key === focused)?.focus();
    return { node, signature: signature(row), ids: row.messages.map((message) => message.message_id) };
  }

  #anchor() {
    const edge = this.box.getBoundingClientRect().top;
    for (const [key, { node }] of this.drawn) {
      if (node.getBoundingClientRect().bottom > edge) return { key, y: this.#height(key) };
    }
    return null;
  }

  /** Where a message stands, whatever day line is drawn above it. */
  #height(key) {
    const node = this.drawn.get(key)?.node;
    return (node?.querySelector(".line") ?? node)?.getBoundingClientRect().top;
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.box;
    const below = scrollHeight - scrollTop - clientHeight;
    this.atBottom = this.end === null && below < 48;
    if (this.atBottom) {
      this.unseen = 0;
      this.log?.readers.delete(this);
    } else this.log?.readers.add(this);
    this.#mark();
    if (scrollTop < NEAR) this.#up();
    else if (below < NEAR && this.end !== null) this.#downward();
  }

  async #up() {
    const log = this.log;
    if (!log || this.reading || this.atBottom) return;
    const shown = this.#window(log.ids);
    const at = position(log.ids, shown[0]);
    if (at === 0 && !log.more) return;
    this.reading = true;
    try {
      if (at < STEP) await store.older(this.seat.chat);
      const now = Math.max(0, position(log.ids, shown[0]) - STEP);
      this.top = log.ids[now];
      const end = now + MOST;
      if (end < log.ids.length) this.end = log.ids[end];
      this.draw();
    } finally {
      this.reading = false;
    }
  }

  #downward() {
    const ids = this.log.ids;
    const end = position(ids, this.end) + STEP;
    this.end = end >= ids.length - 1 ? null : ids[end];
    this.top = ids[Math.max(0, Math.min(end, ids.length) - MOST)];
    this.draw();
  }

  #stick() {
    if (this.atBottom) this.box.scrollTop = this.box.scrollHeight;
  }

  #mark() {
    this.down.hidden = this.atBottom;
    this.count.textContent = this.unseen || "";
  }
}

/** Brings the children into order, touching only those out of place. */
function arrange(box, nodes) {
  let at = box.firstChild;
  for (const node of nodes) {
    if (node === at) at = at.nextSibling;
    else box.insertBefore(node, at);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}
