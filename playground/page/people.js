// Names, faces and times as they are shown.
import { h } from "./dom.js";
import { face } from "./faces.js";
import { locale, t } from "./words.js";

export function fullName(person) {
  if (!person) return "";
  return person.title ?? [person.first_name, person.last_name].filter(Boolean).join(" ");
}

const HUES = [205, 150, 28, 265, 340, 178, 95, 240];

/** A steady colour for a person: the same in every seat and after every reload. */
export const hue = (id = 0) => HUES[Math.abs(id) % HUES.length];

/** A person's face; the first letters of a bot or a chat. */
export function avatar(person, extra = "") {
  const drawn = person?.first_name && !person.is_bot ? face(person.id) : initials(fullName(person));
  return h("span", { class: `avatar ${extra}`, style: `--hue:${hue(person?.id)}`, "aria-hidden": "true" }, drawn);
}

function initials(name) {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = [...(words[0] ?? "?")][0];
  const lastWord = words.length > 1 ? [...words.at(-1)][0] : "";
  const letters = /\p{Script=Han}/u.test(first) ? first : first + lastWord;
  return letters.toUpperCase();
}

const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DAY = { weekday: "short", day: "numeric", month: "long" };
const WHOLE = { dateStyle: "medium", timeStyle: "medium" };
const formats = new Map(); // making one costs more than a thousand uses
let zone;

/** Times are shown on the company's clock, if there is one, and else on the reader's. */
export function setZone(name) {
  zone = name;
}

function shown(date, style) {
  const key = `${locale()} ${zone} ${Object.keys(style)}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale(), { ...style, timeZone: zone }));
  return formats.get(key).format(date * 1000);
}

export const clockTime = (date) => shown(date, TIME);
export const dayName = (date) => shown(date, DAY);
export const wholeTime = (date) => shown(date, WHOLE);
export const sameDay = (a, b) => Math.abs(a - b) < 86400 && dayName(a) === dayName(b);

const ROLES = ["customer", "courier", "staff", "head", "quality", "management", "manager"];

/** The role that colours a seat. A word the page does not know gets no colour, and does no harm. */
export function roleOf(user) {
  const role = String(user?.role ?? "").toLowerCase();
  return ROLES.find((known) => role.includes(known)) ?? (role ? "staff" : "customer");
}

export const roleName = (user) => t(`role_${roleOf(user)}`);

export function bytes(size) {
  if (!size) return "";
  if (size < 1024) return `${size} B`;
  return size < 1048576 ? `${Math.round(size / 1024)} KB` : `${(size / 1048576).toFixed(1)} MB`;
}
