// Pressed buttons: a spinner turns until the bot has answered, then the answer is shown as a toast or an alert.
import * as api from "./api.js";
import { store } from "./store.js";
import { t } from "./words.js";

const PATIENCE_MS = 20000;
const REMEMBERED = 50;

export class Presses {
  constructor(seat) {
    this.seat = seat;
    this.waiting = new Set();
    this.keys = new Map(); // callback query id -> key of the button
    this.early = new Map(); // an answer may overtake the response that names its id
  }

  async press(message, button, key) {
    if (button.copy_text) return this.#copy(button.copy_text.text);
    if (this.waiting.has(key)) return undefined;
    this.#wait(key, true);
    this.seat.stage.pressed(this.seat, button.text);
    try {
      const body = { from: this.seat.user, message_id: message.message_id, data: button.callback_data };
      const { callback_query_id: id } = await api.press(this.seat.chat, body);
      if (this.early.has(id)) return this.#wait(key, false);
      this.keys.set(id, key);
      setTimeout(() => this.#giveUp(id), PATIENCE_MS);
    } catch (error) {
      this.#wait(key, false);
      this.seat.toast(error.message);
    }
    return undefined;
  }

  /** An answer that came by the stream. */
  answered({ id, text, show_alert: alert }) {
    if (this.early.has(id)) return;
    this.early.set(id, true);
    if (this.early.size > REMEMBERED) this.early.delete(this.early.keys().next().value);
    const key = this.keys.get(id);
    this.keys.delete(id);
    if (key) this.#wait(key, false);
    if (text && alert) this.seat.act.alert(text);
    else if (text) this.seat.toast(text);
  }

  async #giveUp(id) {
    if (!this.keys.has(id)) return;
    const answer = store.online ? await api.callback(id).catch(() => ({})) : {};
    if (answer.answered) this.answered({ id, ...answer });
    else this.answered({ id });
  }

  #wait(key, on) {
    if (on) this.waiting.add(key);
    else this.waiting.delete(key);
    const button = [...this.seat.list.box.querySelectorAll("[data-key]")].find((node) => node.dataset.key === key);
    button?.classList.toggle("waiting", on);
    if (on) button?.setAttribute("aria-busy", "true");
    else button?.removeAttribute("aria-busy");
  }

  async #copy(text) {
    await navigator.clipboard?.writeText(text);
    this.seat.toast(`${t("ok")}: ${text}`);
  }
}
