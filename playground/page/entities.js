// Text with entities as Telegram counts them: offsets in UTF-16 units, which is how JavaScript counts too.
// Every piece of text becomes a text node; an entity chooses only the element around it.
import { h } from "./dom.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", blockquote: "blockquote" };
const WEB = /^(https?|tg|mailto|tel):/i;

/** A fragment of the text. `act` handles what can be pressed in it: act.link(url), act.command(text). */
export function rich(text, entities = [], act = {}) {
  const known = entities
    .filter((entity) => entity.length > 0 && entity.offset >= 0 && entity.offset < text.length)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  fragment.append(...pieces(text, 0, text.length, known, act));
  return fragment;
}

function pieces(text, from, to, entities, act) {
  const out = [];
  let at = from;
  let rest = entities;
  while (rest.length) {
    const [first, ...others] = rest;
    const end = Math.min(first.offset + first.length, to);
    const inside = others.filter((entity) => entity.offset < end);
    rest = others.filter((entity) => entity.offset >= end);
    if (first.offset >= to) break;
    if (first.offset > at) out.push(text.slice(at, first.offset));
    out.push(wrap(first, text.slice(first.offset, end), pieces(text, first.offset, end, inside, act), act));
    at = end;
  }
  if (at < to) out.push(text.slice(at, to));
  return out;
}

function wrap(entity, plain, children, act) {
  const { type } = entity;
  if (TAGS[type]) return h(TAGS[type], {}, ...children);
  if (type === "expandable_blockquote") return quote(children);
  if (type === "pre") return h("pre", {}, h("code", { data: { language: entity.language ?? "" } }, ...children));
  if (type === "spoiler") return spoiler(children);
  if (type === "url") return link(WEB.test(plain) ? plain : `https://${plain}`, children, act);
  if (type === "text_link") return link(entity.url, children, act);
  if (type === "email") return link(`mailto:${plain}`, children, act);
  if (type === "phone_number") return link(`tel:${plain}`, children, act);
  if (type === "bot_command") return command(plain, children, act);
  return h("span", { class: `entity-${/^[a-z_]+$/.test(type) ? type : "other"}` }, ...children);
}

function link(url, children, act) {
  if (!WEB.test(url ?? "")) return h("span", { class: "entity-link" }, ...children);
  const onclick = (event) => {
    if (act.link?.(url)) event.preventDefault();
  };
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer", onclick }, ...children);
}

function command(plain, children, act) {
  if (!act.command) return h("span", { class: "entity-bot_command" }, ...children);
  return h("button", { type: "button", class: "entity-command", onclick: () => act.command(plain) }, ...children);
}

function spoiler(children) {
  const show = (event) => event.currentTarget.classList.add("shown");
  return h("button", { type: "button", class: "spoiler", onclick: show }, ...children);
}

function quote(children) {
  const toggle = (event) => event.currentTarget.classList.toggle("shown");
  return h("blockquote", { class: "expandable", onclick: toggle }, ...children);
}
