// Pictures, albums, files, voice and contacts inside a bubble.
import { fileUrl } from "./api.js";
import { h, icon } from "./dom.js";
import { bytes } from "./people.js";
import { t } from "./words.js";

const WANTED_WIDTH = 640;

/** The media part of a row (one message, or the messages of an album), or null where there is only text. */
export function mediaOf(messages, seat) {
  if (messages.length > 1) return grid(messages, seat);
  const [message] = messages;
  if (message.photo) return h("div", { class: "photos" }, photo(message, seat));
  if (message.sticker) return picture(message.sticker.thumbnail ?? message.sticker, "sticker");
  if (message.animation ?? message.video) return movie(message.animation ?? message.video);
  if (message.voice ?? message.audio) return sound(message.voice ?? message.audio);
  if (message.document) return file(message.document);
  if (message.contact) return person(message.contact);
  if (message.location ?? message.venue) return place(message.venue?.location ?? message.location);
  return null;
}

/** One line that stands for a message: in a quote, or above the input while replying. */
export function summary(message) {
  if (!message) return "";
  const text = message.text ?? message.caption;
  if (text) return text.length > 120 ? `${text.slice(0, 119)}…` : text;
  const kinds = ["photo", "video", "voice", "sticker", "location", "document", "contact"];
  const kind = kinds.find((name) => message[name]);
  return kind ? t(kind) : t("other");
}

function grid(messages, seat) {
  const pictures = messages.filter((message) => message.photo ?? message.video);
  const files = messages.filter((message) => !(message.photo ?? message.video));
  const count = pictures.length;
  return h(
    "div",
    { class: "album" },
    count > 0 && h("div", { class: `grid n${Math.min(count, 10)}` }, pictures.map((message) => cell(message, seat))),
    files.map((message) => mediaOf([message], seat)),
  );
}

const cell = (message, seat) => (message.photo ? photo(message, seat) : movie(message.video));

function photo(message, seat) {
  const sizes = message.photo;
  const best = sizes.find((size) => size.width >= WANTED_WIDTH) ?? sizes.at(-1);
  const image = picture(best, "photo");
  const open = () => seat.act.show(sizes.at(-1), message.caption);
  const ratio = `--ratio:${best.width || 4}/${best.height || 3}`;
  return h("button", { type: "button", class: "picture", onclick: open, tLabel: "photo", style: ratio }, image);
}

function picture(size, kind) {
  return h("img", { src: fileUrl(size.file_id), alt: t(kind), loading: "lazy", decoding: "async", class: kind });
}

function movie(video) {
  return h("video", { src: fileUrl(video.file_id), controls: true, preload: "none", class: "movie", "aria-label": t("video") });
}

function sound(voice) {
  const seconds = voice.duration ?? 0;
  const length = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const player = h("audio", { src: fileUrl(voice.file_id), preload: "none" });
  const toggle = () => (player.paused ? player.play().catch(() => undefined) : player.pause());
  const bars = h("span", { class: "wave", "aria-hidden": "true" }, [...wave(voice.file_unique_id ?? "")]);
  const button = h("button", { type: "button", class: "round", onclick: toggle, tLabel: "voice" }, icon("play"));
  return h("div", { class: "sound" }, button, bars, h("span", { class: "faint" }, length), player);
}

function* wave(seed) {
  let value = [...seed].reduce((sum, letter) => sum + letter.codePointAt(0), 7);
  for (let bar = 0; bar < 24; bar += 1) {
    value = (value * 73 + 41) % 101;
    yield h("i", { style: `--h:${25 + (value % 75)}%` });
  }
}

function file(document) {
  return h(
    "a",
    { class: "file", href: fileUrl(document.file_id), download: document.file_name ?? "file", target: "_blank", rel: "noopener" },
    h("span", { class: "round" }, icon("file")),
    h("span", { class: "file-text" }, h("bdi", {}, document.file_name ?? t("document")), h("small", {}, bytes(document.file_size))),
  );
}

function person(contact) {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ");
  return h(
    "div",
    { class: "file" },
    h("span", { class: "round" }, icon("person")),
    h("span", { class: "file-text" }, h("bdi", {}, name), h("small", {}, contact.phone_number)),
  );
}

function place(location) {
  const where = `${location.latitude.toFixed(4)}, ${location.longitude.toFixed(4)}`;
  return h("div", { class: "file" }, h("span", { class: "round" }, icon("pin")), h("span", { class: "file-text" }, t("location"), h("small", {}, where)));
}
