// What the page knows of the world, kept up to date by the stream. Views listen; they never fetch messages themselves.
import * as api from "./api.js";
import { ChatLog } from "./chatlog.js";
import { listen } from "./events.js";
import { setZone } from "./people.js";

const PAGE = 100;
const OLDER = 60;
const SETTLE_MS = 150;

class Store extends EventTarget {
  state = { bot: {}, users: [], chats: [], seats: [], commands: {}, process: null, clock: null, faults: [] };
  logs = new Map();
  keyboards = new Map(); // chat -> {user: what the bot put under that person's input}
  calls = [];
  online = false;
  #viewers = new Map();
  #serial = 0;
  #refresh = null;

  user = (id) => this.state.users.find((user) => user.id === id);
  chat = (id) => this.state.chats.find((chat) => chat.id === id);
  log = (id) => this.logs.get(id);

  emit(kind, detail = {}) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }

  on(kind, listener) {
    const wrapped = (event) => listener(event.detail);
    this.addEventListener(kind, wrapped);
    return () => this.removeEventListener(kind, wrapped);
  }

  async begin() {
    await this.refresh();
    listen({ onEvent: (kind, data) => this.#event(kind, data), onOpen: () => this.#opened(), onLost: () => this.#lost() });
  }

  async refresh() {
    const asked = this.#serial;
    this.state = { ...this.state, ...(await api.state()) };
    setZone(this.state.clock?.zone);
    if (asked === this.#serial) for (const chat of this.state.chats) this.keyboards.set(chat.id, chat.keyboards ?? {});
    this.emit("state");
  }

  /** Starts following a chat from somebody's seat; safe to call again. */
  follow(chat, viewer) {
    if (this.logs.has(chat)) return;
    this.logs.set(chat, new ChatLog(chat));
    this.#viewers.set(chat, viewer);
    if (this.online) this.#read(chat).catch(() => this.#lost());
  }

  async older(chat) {
    const log = this.log(chat);
    if (!log?.more || log.loading || !log.ready || !Number.isFinite(log.oldest)) return;
    log.loading = true;
    try {
      const asked = this.#serial;
      const page = await api.messages(chat, this.#viewers.get(chat), log.oldest, OLDER);
      log.merge(page.messages, asked);
      log.more = page.messages.length >= OLDER;
    } finally {
      log.loading = false;
    }
    this.emit("messages", { chat });
  }

  async #read(chat) {
    const asked = this.#serial;
    const page = await api.messages(chat, this.#viewers.get(chat), undefined, PAGE);
    this.log(chat).resync(page.messages, asked, page.messages.length >= PAGE);
    this.emit("messages", { chat });
  }

  async #opened() {
    const again = !this.online;
    this.online = true;
    this.emit("online", { online: true });
    if (!again) return;
    try {
      await this.refresh();
      await Promise.all([...this.logs.keys()].map((chat) => this.#read(chat)));
    } catch {
      this.#lost(); // the stream opens again, and with it this reading
    }
  }

  #lost() {
    this.online = false;
    this.emit("online", { online: false });
  }

  #event(kind, data) {
    this.#serial += 1;
    if (kind === "message" || kind === "edited" || kind === "deleted") this.#message(kind, data);
    else if (kind === "call") this.#call(data);
    else if (kind === "reaction") this.#reaction(data);
    else if (kind === "callback" || kind === "progress" || kind === "action" || kind === "commands") this.emit(kind, data);
    else {
      if (kind === "process") this.state.process = { ...this.state.process, ...data };
      if (kind === "chat") this.#keyboards(data.id, data.keyboards ?? {});
      if (kind === "clock") this.state.clock = { ...this.state.clock, ...data };
      this.emit(kind, data);
      this.#refreshSoon();
    }
  }

  #message(kind, { chat, message, message_id: id }) {
    const log = this.log(chat);
    if (!this.chat(chat) && !this.user(chat)) this.#refreshSoon();
    if (!log) return;
    if (kind === "deleted") log.drop(id ?? message.message_id, this.#serial);
    else if (kind === "message" || log.get(message.message_id)) log.put(message, this.#serial);
    this.emit("messages", { chat, message, kind });
  }

  #keyboards(chat, shown) {
    this.keyboards.set(chat, shown);
    this.emit("messages", { chat });
  }

  #reaction({ chat, message_id: id, reaction }) {
    const message = this.log(chat)?.get(id);
    if (!message) return;
    this.log(chat).put({ ...message, reaction }, this.#serial);
    this.emit("messages", { chat });
  }

  #call(data) {
    this.calls.push(data);
    if (this.calls.length > 200) this.calls.splice(0, 100);
    this.emit("call", data);
  }

  #refreshSoon() {
    clearTimeout(this.#refresh);
    this.#refresh = setTimeout(() => this.refresh().catch(() => undefined), SETTLE_MS);
  }
}

export const store = new Store();
