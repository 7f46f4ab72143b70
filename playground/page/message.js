// One row of a conversation: a message, an album, or a line about the chat itself, seen from one person's seat.
import { h, icon, iconButton } from "./dom.js";
import { rich } from "./entities.js";
import { inlineKeyboard } from "./keyboards.js";
import { mediaOf, summary } from "./media.js";
import { avatar, clockTime, dayName, fullName, hue, wholeTime } from "./people.js";
import { store } from "./store.js";
import { t } from "./words.js";

const SERVICE = [
  ["new_chat_members", (message) => `+ ${message.new_chat_members.map(fullName).join(", ")}`],
  ["left_chat_member", (message) => `− ${fullName(message.left_chat_member)}`],
  ["new_chat_title", (message) => `“${message.new_chat_title}”`],
  ["migrate_to_chat_id", (message) => `→ ${message.migrate_to_chat_id}`],
  ["migrate_from_chat_id", (message) => `← ${message.migrate_from_chat_id}`],
  ["forum_topic_created", (message) => `# ${message.forum_topic_created.name}`],
  ["group_chat_created", () => "+"],
  ["supergroup_chat_created", () => "+"],
  ["pinned_message", (message) => `📌 ${summary(message.pinned_message)}`],
];

export const service = (message) => SERVICE.find(([key]) => message[key]);

/** Is this message the work of the person whose seat this is? */
export const isOwn = (message, seat) => message.from?.id === seat.user && !message.sent_by_bot;

export function dayLine(date) {
  return h("div", { class: "day" }, h("span", {}, dayName(date)));
}

/** `row`: {messages, own, lead, tail, day}: lead and tail say whether the same person's run begins or ends here. */
export function messageRow(row, seat) {
  const [first] = row.messages;
  const line = service(first);
  if (line) return h("div", { class: "row service" }, row.day && dayLine(first.date), h("bdi", {}, line[1](first)));
  const side = `row ${row.own ? "own" : "other"}${row.lead ? " lead" : ""}${row.tail ? " tail" : ""}`;
  const group = first.chat?.type !== "private";
  return h(
    "div",
    { class: side, role: "article", tabindex: "-1", data: { id: first.message_id }, "aria-label": spoken(row, seat) },
    row.day && dayLine(first.date),
    h(
      "div",
      { class: "line" },
      group && !row.own && h("div", { class: "face" }, row.tail && avatar(sender(first))),
      h("div", { class: "stack" }, bubble(row, seat, group), inlineKeyboard(last(row), seat)),
      tools(row, seat),
    ),
  );
}

const last = (row) => row.messages.findLast((message) => message.reply_markup?.inline_keyboard) ?? row.messages[0];
const sender = (message) => message.from ?? message.sender_chat ?? message.chat;

function spoken(row, seat) {
  const [first] = row.messages;
  const who = row.own ? fullName(store.user(seat.user) ?? first.from) : fullName(sender(first));
  return `${who}, ${clockTime(first.date)}`;
}

function bubble(row, seat, group) {
  const [first] = row.messages;
  const said = row.messages.find((message) => message.text ?? message.caption) ?? first;
  const text = said.text ?? said.caption;
  const media = mediaOf(row.messages, seat);
  const name = group && !row.own && row.lead;
  return h(
    "div",
    { class: `bubble${media && !text ? " bare" : ""}${media ? " with-media" : ""}` },
    name && nameOf(sender(first)),
    first.forward_origin && h("div", { class: "forwarded" }, "↪ ", h("bdi", {}, origin(first.forward_origin))),
    first.reply_to_message && quoted(first, seat),
    media,
    text && h("div", { class: "text" }, h("div", { class: "words", dir: "auto" }, rich(text, said.entities ?? said.caption_entities, seat.act)), meta(row)),
    !media && !text && h("div", { class: "text faint", t: "other" }),
    reactions(row),
    !text && meta(row),
  );
}

function reactions(row) {
  const all = row.messages.flatMap((message) => message.reaction ?? []);
  if (!all.length) return null;
  return h("div", { class: "reactions" }, all.map((one) => h("span", {}, one.emoji ?? "★")));
}

function nameOf(person) {
  const label = h("bdi", { class: "name", style: `--hue:${hue(person.id)}` }, fullName(person));
  return h("div", { class: "sender" }, label, person.is_bot && h("span", { class: "tag", t: "bot" }));
}

function origin(from) {
  return from.sender_user_name ?? (from.sender_user ? fullName(from.sender_user) : from.chat?.title ?? "");
}

function quoted(message, seat) {
  const target = message.reply_to_message;
  const quote = message.quote?.text;
  return h(
    "button",
    { type: "button", class: "quote", onclick: () => seat.act.jump(target.message_id), style: `--hue:${hue(target.from?.id)}` },
    h("bdi", { class: "quote-name" }, target.from ? fullName(target.from) : t("deletedMessage")),
    h("span", { class: "quote-text", dir: "auto" }, quote ?? summary(target)),
  );
}

function meta(row) {
  const newest = row.messages.at(-1);
  const edited = row.messages.some((message) => message.edit_date);
  const when = new Date(newest.date * 1000);
  return h(
    "div",
    { class: "meta" },
    edited && h("span", { class: "edited", t: "edited" }),
    h("time", { datetime: when.toISOString(), title: wholeTime(newest.date) }, clockTime(newest.date)),
  );
}

function tools(row, seat) {
  const [first] = row.messages;
  const editable = row.own && (first.text ?? first.caption ?? first.photo) !== undefined;
  return h(
    "div",
    { class: "tools" },
    iconButton("reply", "reply", () => seat.act.reply(first), { tabindex: "-1" }),
    editable && iconButton("edit", "edit", () => seat.act.edit(first), { tabindex: "-1" }),
  );
}

export function emptyState() {
  return h("div", { class: "empty" }, icon("reply"), h("p", { t: "empty" }));
}
