// Where a person writes: text, replies, edits of own messages, attachments, commands with their menu, reply keyboards.
import { attachButton, sendFiles } from "./attach.js";
import { CommandMenu } from "./commands.js";
import { h, iconButton, word } from "./dom.js";
import { replyKeyboard } from "./keyboards.js";
import { summary } from "./media.js";
import { fullName } from "./people.js";
import { t } from "./words.js";

export class Composer {
  constructor(seat) {
    this.seat = seat;
    this.replying = null;
    this.changing = null;
    this.forced = null; // the message whose ForceReply was already followed
    this.markup = null;
    this.input = h("textarea", { class: "input", rows: "1", dir: "auto", tPlaceholder: "write", tLabel: "write", enterkeyhint: "send" });
    this.banner = h("div", { class: "banner", hidden: true });
    this.keys = h("div", { class: "keys", hidden: true });
    this.toggle = iconButton("keyboard", "keyboard", () => this.#showKeys(this.keys.hidden), { hidden: true });
    this.menu = new CommandMenu(seat, (command) => this.#command(command));
    const bar = h("div", { class: "bar" }, this.input, attachButton(seat), this.toggle, iconButton("send", "send", () => this.send(), { class: "icon-button send" }));
    this.element = h("div", { class: "composer" }, this.menu.element, this.banner, bar, this.keys);
    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("blur", () => this.menu.filter(""));
    this.input.addEventListener("paste", (event) => this.#dropped(event, event.clipboardData));
    this.element.addEventListener("drop", (event) => this.#dropped(event, event.dataTransfer));
    this.element.addEventListener("dragover", (event) => event.preventDefault());
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }

  /** Puts text into the input without sending it. */
  write(text) {
    this.input.value = text;
    this.#typed();
    this.focus();
  }

  async send() {
    const text = this.input.value.trim();
    if (!text) return;
    const [reply, edited] = [this.replying, this.changing];
    this.input.value = "";
    this.cancel();
    this.#typed();
    const done = edited ? await this.seat.act.rewrite(edited, text) : await this.seat.act.say({ text, reply_to: reply?.message_id });
    if (done || this.input.value) return;
    this.input.value = text; // what was refused stays in the person's hands
    this.replying = reply;
    this.changing = edited;
    this.showBanner();
    this.#typed();
  }

  reply(message) {
    this.changing = null;
    this.replying = message;
    this.showBanner();
    this.focus();
  }

  edit(message) {
    this.replying = null;
    this.changing = message;
    this.input.value = message.text ?? message.caption ?? "";
    this.showBanner();
    this.#typed();
    this.focus();
  }

  cancel() {
    if (this.changing) this.input.value = "";
    this.replying = null;
    this.changing = null;
    this.showBanner();
  }

  /** The reply keyboard or ForceReply that the bot has set for this person, or null. */
  setMarkup(markup, message) {
    if (markup?.force_reply && message && this.forced !== message.message_id) {
      this.forced = message.message_id;
      this.replying = message;
      this.changing = null;
      this.showBanner();
    }
    const placeholder = markup?.input_field_placeholder;
    if (placeholder) this.input.placeholder = placeholder;
    else word(this.input, "tPlaceholder", "write");
    const keyboard = markup?.keyboard ? markup : null;
    if (JSON.stringify(keyboard) === JSON.stringify(this.markup)) return;
    this.markup = keyboard;
    this.keys.replaceChildren(...(keyboard ? [replyKeyboard(keyboard, (button) => this.#use(button))] : []));
    this.toggle.hidden = !keyboard;
    this.#showKeys(Boolean(keyboard));
  }

  #showKeys(shown) {
    this.keys.hidden = !shown;
    this.toggle.setAttribute("aria-pressed", String(shown));
  }

  async #use(button) {
    const done = button.request_contact ? await this.seat.act.contact() : await this.seat.act.say({ text: button.text });
    if (done && this.markup?.one_time_keyboard) this.#showKeys(false);
  }

  showBanner() {
    const target = this.replying ?? this.changing;
    this.banner.hidden = !target;
    if (!target) return;
    const head = this.changing ? t("editing") : `${t("replyTo")} ${fullName(target.from ?? target.chat)}`;
    const text = h("div", { class: "banner-text" }, h("bdi", { class: "quote-name" }, head), h("span", { class: "quote-text", dir: "auto" }, summary(target)));
    this.banner.replaceChildren(text, iconButton("close", "cancel", () => this.cancel()));
  }

  #typed() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 140)}px`;
    this.menu.filter(this.input.value);
  }

  #command(command) {
    this.input.value = "";
    this.#typed();
    this.focus();
    this.seat.act.command(command);
  }

  #key(event) {
    if (event.isComposing) return; // Enter chooses a Chinese word while one is being composed
    if (this.menu.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape" && (this.replying || this.changing)) {
      event.preventDefault();
      this.cancel();
      this.#typed();
    } else if (event.key === "ArrowUp" && !this.input.value) {
      const own = this.seat.ownNewest();
      if (own) this.edit(own);
      if (own) event.preventDefault();
    }
  }

  #dropped(event, transfer) {
    const files = [...(transfer?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    sendFiles(this.seat, files);
  }
}
