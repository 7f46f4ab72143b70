// Puts the page together: the bar on top, the row of seats, the panel, the tour.
import { h, iconButton, relabel } from "./dom.js";
import { Guide } from "./guide.js";
import { closeMenu } from "./menu.js";
import { Panel } from "./panel.js";
import { Stage } from "./stage.js";
import { store } from "./store.js";
import { language, switchLanguage, t } from "./words.js";

const NARROW = matchMedia("(max-width: 760px)");
const PROGRESS_LINGERS_MS = 1500;

const stage = new Stage();
const panel = new Panel(stage);
const body = h("div", { class: "body" }, stage.element, panel.element);
const progress = h("div", { class: "progress", role: "progressbar", hidden: true }, h("span", { class: "progress-text" }), h("i", {}));
const offline = h("div", { class: "offline", role: "alert", t: "offline", hidden: true });
const toggle = iconButton("panel", "panel", () => showPanel(body.classList.contains("no-panel")), { "aria-controls": "panel" });
const guide = new Guide(stage, panel, (shown) => {
  if (shown || NARROW.matches) showPanel(shown);
});

function topBar() {
  const brand = h("div", { class: "brand" }, h("img", { src: "/page/icon.svg", alt: "", width: "26", height: "26" }), h("h1", { t: "title" }));
  const tour = h("button", { type: "button", class: "primary tour", onclick: () => guide.start(), t: "tour" });
  const words = h("button", { type: "button", class: "quiet", onclick: speak, t: "language" });
  const theme = iconButton("moon", "theme", switchTheme);
  return h("header", { class: "top" }, brand, stage.tabs, h("div", { class: "tools-right" }, stage.chooser(), tour, words, theme, toggle));
}

function showPanel(shown) {
  body.classList.toggle("no-panel", !shown);
  toggle.setAttribute("aria-expanded", String(shown));
  if (!NARROW.matches) localStorage.setItem("page-panel", shown ? "yes" : "no");
}

function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("page-theme", root.dataset.theme);
}

function speak() {
  switchLanguage();
  relabel();
  document.title = t("title");
  stage.switchLanguage();
  for (const seat of stage.seats) {
    seat.refresh();
    seat.list.draw();
  }
  panel.draw();
  guide.draw();
}

let hide = null;
function lived({ done, of }) {
  const text = t("lived");
  clearTimeout(hide);
  const share = of ? Math.min(1, done / of) : 0;
  progress.hidden = false;
  progress.setAttribute("aria-valuenow", String(Math.round(share * 100)));
  progress.setAttribute("aria-label", text);
  progress.firstChild.textContent = text;
  progress.lastChild.style.width = `${share * 100}%`;
  if (share >= 1) hide = setTimeout(() => (progress.hidden = true), PROGRESS_LINGERS_MS);
}

function shortcuts(event) {
  if (event.altKey && /^Digit[1-9]$/.test(event.code)) {
    const seat = stage.seats[Number(event.code.slice(5)) - 1];
    if (seat) event.preventDefault();
    if (NARROW.matches) showPanel(false);
    stage.activate(seat, { focus: true });
  } else if (event.key === "Escape") closeMenu();
}

document.documentElement.lang = language();
document.title = t("title");
const theme = localStorage.getItem("page-theme");
if (theme) document.documentElement.dataset.theme = theme;
const skip = h("button", { type: "button", class: "skip", t: "toInput", onclick: () => stage.activate(stage.active, { focus: true }) });
document.getElementById("page").replaceChildren(skip, topBar(), progress, offline, body);
showPanel(!NARROW.matches && localStorage.getItem("page-panel") !== "no");
document.addEventListener("keydown", shortcuts);
stage.element.addEventListener("focusin", () => NARROW.matches && showPanel(false));
store.on("progress", lived);
store.on("state", () => store.state.progress?.done < store.state.progress?.of && lived(store.state.progress));
store.on("online", ({ online }) => (offline.hidden = online));

try {
  await store.begin();
} catch (error) {
  offline.hidden = false;
  offline.textContent = `${t("offline")} ${error.message}`;
  setTimeout(() => location.reload(), 2000);
}
