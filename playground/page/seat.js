// One seat: a person in a chat. It shows the conversation from that side and does what the person does.
import * as api from "./api.js";
import { Composer } from "./composer.js";
import { h, iconButton } from "./dom.js";
import { botStart } from "./links.js";
import { MessageList } from "./list.js";
import { openMenu } from "./menu.js";
import { avatar, fullName, roleName, roleOf } from "./people.js";
import { Presses } from "./presses.js";
import { store } from "./store.js";
import { alertBox, showPicture, toast } from "./overlays.js";
import { language } from "./words.js";

const TYPING_MS = 5000;

export const seatKey = ({ user, chat }) => `${user}@${chat}`;

export class Seat {
  constructor({ user, chat, title }, stage) {
    Object.assign(this, { user, chat, title, stage, key: seatKey({ user, chat }) });
    this.act = actions(this);
    this.presses = new Presses(this);
    this.list = new MessageList(this);
    this.composer = new Composer(this);
    this.head = h("header", { class: "seat-head" });
    this.foot = h("div", { class: "seat-foot" });
    this.toasts = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
    this.element = h("section", { class: "seat", tabindex: "-1" }, this.composer.element, this.head, this.list.element, this.toasts, this.foot);
    this.element.addEventListener("focusin", () => stage.activate(this));
    store.follow(chat, user);
    this.refresh();
    this.list.soon();
  }

  get waiting() {
    return this.presses.waiting;
  }

  get person() {
    return store.user(this.user) ?? { id: this.user, first_name: String(this.user) };
  }

  get isPrivate() {
    return this.user === this.chat;
  }

  get room() {
    return store.chat(this.chat);
  }

  /** Draws what depends on people and chats rather than on messages. */
  refresh() {
    const { person } = this;
    const role = roleOf(person);
    this.element.dataset.role = role;
    const where = this.isPrivate ? fullName(store.state.bot) : (this.room?.title ?? this.title);
    const name = fullName(person);
    this.element.setAttribute("aria-label", `${name}, ${where}`);
    this.composer.showBanner();
    this.#footer();
    this.markup();
    const drawn = JSON.stringify([name, role, where, language()]);
    if (drawn === this.drawn) return; // anyone who is in the menu of this head stays there
    this.drawn = drawn;
    const more = iconButton("more", "more", () => openMenu(more, this.#menu()), { "aria-haspopup": "menu" });
    this.head.replaceChildren(
      avatar(person, "role"),
      h("div", { class: "seat-names" }, h("div", { class: "seat-name" }, h("bdi", {}, name), h("span", { class: "tag role" }, roleName(person))), h("bdi", { class: "seat-where" }, where), h("span", { class: "seat-typing", t: "typing" })),
      more,
    );
  }

  get gone() {
    return ["kicked", "left"].includes(this.room?.bot_status);
  }

  #footer() {
    const fresh = this.isPrivate && !store.chat(this.chat)?.started && store.log(this.chat)?.ready && !store.log(this.chat).ids.length;
    this.composer.element.hidden = this.gone || Boolean(fresh);
    const start = h("button", { type: "button", class: "wide-button", t: "start", onclick: () => this.act.start() });
    const back = h("button", { type: "button", class: "wide-button", t: this.isPrivate ? "unblock" : "addBot", onclick: () => this.act.member("member") });
    const why = h("span", { class: "faint", t: this.isPrivate ? "blocked" : "botGone" });
    const shown = this.gone ? [why, back] : fresh ? [start] : [];
    const kind = this.gone ? "gone" : fresh ? "fresh" : "";
    if (this.foot.dataset.kind === kind) return;
    this.foot.dataset.kind = kind;
    this.foot.replaceChildren(...shown);
  }

  #menu() {
    const leave = this.isPrivate ? "block" : "removeBot";
    const enter = this.isPrivate ? "unblock" : "addBot";
    return [
      ["shareContact", () => this.act.contact()],
      this.gone ? [enter, () => this.act.member("member")] : [leave, () => this.act.member(this.isPrivate ? "kicked" : "left")],
      ["closeSeat", () => this.stage.close(this)],
    ];
  }

  /** The reply keyboard or forced reply that stands for this person now. */
  markup() {
    const markup = store.keyboards.get(this.chat)?.[this.user];
    this.composer.setMarkup(markup ?? null, markup && store.log(this.chat)?.get(markup.message_id));
  }

  ownNewest() {
    const log = store.log(this.chat);
    const id = log?.ids.findLast((one) => log.get(one).from?.id === this.user && (log.get(one).text ?? log.get(one).caption));
    return id === undefined ? null : log.get(id);
  }

  changed({ message, kind } = {}) {
    if (kind === "message" && message.from?.id !== this.user) {
      this.element.classList.remove("typing");
      this.list.noteUnseen();
      this.stage.unseen(this);
    }
    this.list.soon();
    this.#footer();
    this.markup();
  }

  /** "typing…" under the name, for the few seconds that Telegram shows it. */
  typing() {
    clearTimeout(this.typed);
    this.element.classList.add("typing");
    this.typed = setTimeout(() => this.element.classList.remove("typing"), TYPING_MS);
  }

  toast(text) {
    toast(this.toasts, text);
  }
}

function actions(seat) {
  const attempt = async (doing) => {
    try {
      await doing;
      return true;
    } catch (error) {
      seat.toast(error.message);
      return false;
    }
  };
  const from = seat.user;
  return {
    say(body) {
      const reply = body.reply_to ?? seat.composer.replying?.message_id;
      seat.composer.cancel();
      seat.list.toBottom();
      return attempt(api.say(seat.chat, { from, ...body, ...(reply && { reply_to: reply }) }));
    },
    album: (body) => attempt(api.album(seat.chat, { from, ...body })),
    contact: () => attempt(api.contact(seat.chat, { from })),
    start: (payload) => attempt(api.start(seat.chat, { from, payload })),
    member: (status) => attempt(api.member(seat.chat, { status, by: from })),
    command: (text) => attempt(api.say(seat.chat, { from, text })),
    rewrite(message, text) {
      const part = message.text === undefined ? { caption: text } : { text };
      return attempt(api.edit(seat.chat, { from, message_id: message.message_id, ...part }));
    },
    press: (message, button, key) => seat.presses.press(message, button, key),
    link: (url) => botStart(url, seat),
    reply: (message) => seat.composer.reply(message),
    edit: (message) => seat.composer.edit(message),
    jump: (id) => seat.list.jump(id),
    show: (size, caption) => showPicture(api.fileUrl(size.file_id), caption),
    alert: (text) => alertBox(seat.element, text),
  };
}
