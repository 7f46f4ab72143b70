// Inline keyboards under a message, and the reply keyboard that stands in for the phone's own.
import { arrows, h, icon } from "./dom.js";

/** The key by which a pressed button is found again after its message was drawn anew. */
export const pressKey = (message, row, column) => `${message.message_id}:${row}:${column}`;

export function inlineKeyboard(message, seat) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  const box = h("div", { class: "inline", role: "group" }, rows.map((row, r) => buttonRow(row, r, message, seat)));
  arrows(box);
  return box;
}

function buttonRow(row, r, message, seat) {
  return h("div", { class: "inline-row" }, row.map((button, c) => inlineButton(button, pressKey(message, r, c), message, seat)));
}

function inlineButton(button, key, message, seat) {
  const target = button.url ?? button.login_url?.url ?? button.web_app?.url;
  const props = { class: "inline-button", data: { key }, dir: "auto" };
  if (target) return linkButton(button.text, target, props, seat);
  const waiting = seat.waiting.has(key);
  return h(
    "button",
    {
      ...props,
      type: "button",
      class: `inline-button${waiting ? " waiting" : ""}${button.style ? ` style-${button.style}` : ""}`,
      "aria-busy": waiting ? "true" : null,
      onclick: () => seat.act.press(message, button, key),
    },
    h("span", {}, button.text),
  );
}

function linkButton(text, url, props, seat) {
  const onclick = (event) => {
    if (seat.act.link(url)) event.preventDefault();
  };
  const safe = /^(https?|tg):/i.test(url) ? url : "about:blank";
  return h("a", { ...props, href: safe, target: "_blank", rel: "noopener noreferrer", onclick }, h("span", {}, text), icon("external"));
}

/** The buttons of a ReplyKeyboardMarkup; `use(button)` does what the button is for. */
export function replyKeyboard(markup, use) {
  const rows = markup.keyboard.map((row) =>
    h("div", { class: "inline-row" }, row.map((item) => keyboardButton(typeof item === "string" ? { text: item } : item, use))),
  );
  const box = h("div", { class: "reply-keyboard", role: "group" }, rows);
  arrows(box);
  return box;
}

function keyboardButton(button, use) {
  const mark = button.request_contact ? icon("person") : button.request_location ? icon("pin") : null;
  return h("button", { type: "button", class: "key", dir: "auto", onclick: () => use(button) }, mark, h("span", {}, button.text));
}
