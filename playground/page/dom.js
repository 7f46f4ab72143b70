// Building elements. The only way text reaches the page is as a text node, so nothing a person writes is ever markup.
import { t } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

/** h("button", {class: "x", onclick: f, t: "send"}, child, "text"): an element; null and false children are skipped. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props ?? {})) setProp(node, key, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function setProp(node, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
  else if (key === "class") node.className = value;
  else if (key === "data") Object.assign(node.dataset, value);
  else if (key === "t") word(node, "t", value);
  else if (key === "tLabel") word(node, "tLabel", value);
  else if (key === "tPlaceholder") word(node, "tPlaceholder", value);
  else if (key === "style") node.style.cssText = value;
  else node.setAttribute(key, value === true ? "" : value);
}

/** Marks a node with the name of its word, so that a change of language finds it again. */
export function word(node, kind, key) {
  node.dataset[kind] = key;
  const text = t(key);
  if (kind === "t") node.textContent = text;
  else if (kind === "tPlaceholder") node.setAttribute("placeholder", text);
  else {
    node.setAttribute("aria-label", text);
    node.title = text;
  }
}

/** Writes every marked word again, after the language of the page changed. */
export function relabel(root = document) {
  const kinds = { t: "[data-t]", tLabel: "[data-t-label]", tPlaceholder: "[data-t-placeholder]" };
  for (const [kind, selector] of Object.entries(kinds)) {
    for (const node of root.querySelectorAll(selector)) word(node, kind, node.dataset[kind]);
  }
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/page/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** A button that shows only an icon and is read out by its word. */
export function iconButton(name, label, onclick, props = {}) {
  return h("button", { type: "button", class: "icon-button", tLabel: label, onclick, ...props }, icon(name));
}

/** Arrow keys walk between the buttons of a box (rows and columns alike); Tab leaves it. */
export function arrows(box, selector = "button") {
  box.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const here = event.target.closest(selector);
    if (!step || !here) return;
    const all = [...box.querySelectorAll(selector)].filter((node) => !node.hidden);
    const rows = { ArrowDown: true, ArrowUp: true }[event.key];
    const next = rows ? inRow(all, here, step) : all[all.indexOf(here) + step];
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  });
}

function inRow(all, here, step) {
  const from = here.getBoundingClientRect();
  const middle = from.left + from.width / 2;
  const off = (node) => Math.abs(node.getBoundingClientRect().left + node.getBoundingClientRect().width / 2 - middle);
  const beyond = all.filter((node) => (node.getBoundingClientRect().top - from.top) * step > 2);
  if (!beyond.length) return null;
  const edge = (node) => node.getBoundingClientRect().top * step;
  const nearest = Math.min(...beyond.map(edge));
  return beyond.filter((node) => edge(node) - nearest < 4).sort((a, b) => off(a) - off(b))[0];
}
