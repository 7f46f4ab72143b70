// The panel that makes things happen. Parts that need a supervised bot are greyed out where there is none.
import * as api from "./api.js";
import { h } from "./dom.js";
import { deliveryPart } from "./delivery.js";
import { store } from "./store.js";
import { toast } from "./overlays.js";
import { fullName } from "./people.js";
import { locale, t } from "./words.js";

const HOUR = 3600;
const MOVES = [["+1 h", HOUR], ["+3 h", 3 * HOUR], ["+1 d", 24 * HOUR], ["+7 d", 7 * 24 * HOUR]];
const FAULTS = [
  ["f429", { kind: "429", retry_after: 5, times: 1 }],
  ["f403", { kind: "403", times: 1 }],
  ["f5xx", { kind: "502html", times: 3 }],
  ["fsilence", { kind: "silence", when: "after", times: 1 }],
  ["foutage", { kind: "outage", times: 0 }],
  ["fslow", { kind: "slow", delay_ms: 2000, times: 0 }],
];

export class Panel {
  constructor(stage) {
    this.toasts = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
    this.missing = new Set();
    this.delivery = deliveryPart(stage, (doing, part) => this.attempt(doing, part));
    this.clock = clockPart((doing, part) => this.attempt(doing, part));
    this.faults = faultsPart((doing) => this.attempt(doing));
    this.process = processPart((doing, part) => this.attempt(doing, part));
    this.calls = callsPart();
    const parts = [this.delivery, this.clock, this.faults, this.process, this.calls];
    this.element = h("aside", { class: "panel", id: "panel", tLabel: "panel" }, h("div", { class: "panel-parts" }, parts.map((part) => part.element)), this.toasts);
    for (const kind of ["state", "clock", "process", "fault"]) store.on(kind, () => this.draw());
    this.draw();
  }

  async attempt(doing, part) {
    try {
      return await doing;
    } catch (error) {
      if (part && (error.status === 404 || error.status === 405)) this.missing.add(part);
      toast(this.toasts, error.message);
      this.draw();
      return null;
    }
  }

  draw() {
    const alone = !store.state.process;
    for (const name of ["delivery", "clock", "process"]) {
      const off = (alone && !(name === "clock" && store.state.clock)) || this.missing.has(name);
      this[name].element.classList.toggle("off", off);
      for (const control of this[name].element.querySelectorAll("button, input, select")) control.disabled = off;
    }
    for (const part of [this.delivery, this.clock, this.faults, this.process]) part.draw();
  }
}

export function part(title, ...children) {
  return h("section", { class: "part" }, h("h2", { t: title }), ...children);
}

const button = (label, onclick, props = {}) => h("button", { type: "button", onclick, ...(typeof label === "string" ? { t: label } : {}), ...props }, label.text);

function clockPart(attempt) {
  const time = h("output", { class: "time" });
  const moves = MOVES.map(([text, seconds]) => button({ text }, () => attempt(api.clock(seconds), "clock")));
  const element = part("clock", h("p", { class: "pair" }, h("span", { class: "faint", t: "botTime" }), time), h("div", { class: "buttons" }, moves));
  const draw = () => {
    const { offset = 0, zone } = store.state.clock ?? {};
    const now = new Date(Date.now() + offset * 1000);
    const style = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hour12: false, timeZone: zone };
    time.textContent = now.toLocaleString(locale(), style);
  };
  setInterval(draw, 5000);
  return { element, draw };
}

function faultsPart(attempt) {
  const list = h("ul", { class: "faults" });
  const add = FAULTS.map(([label, fault]) => button(label, async () => {
    await attempt(api.addFault(fault));
    await refresh();
  }));
  const refresh = () => store.refresh().catch(() => undefined);
  const remove = async (id) => {
    await attempt(api.removeFault(id));
    await refresh();
  };
  const draw = () => {
    const faults = store.state.faults ?? [];
    list.replaceChildren(...(faults.length ? faults.map((fault) => faultLine(fault, remove)) : [h("li", { class: "faint", t: "noFaults" })]));
  };
  return { element: part("faults", h("div", { class: "buttons" }, add), list), draw };
}

function faultLine(fault, remove) {
  return h("li", {}, h("span", { class: "dot bad" }), h("span", {}, fault.kind), h("span", { class: "faint" }, struckNext(fault)), h("button", { type: "button", class: "quiet", t: "remove", onclick: () => remove(fault.id) }));
}

/** What a fault that stands will strike: which calls, how many more of them, in which chat. */
function struckNext({ times = 1, struck = 0, skip = 0, method = "*", kind, chat }) {
  const forever = times === 0 || kind === "outage";
  const count = times - struck;
  const key = forever ? "strikesAll" : count === 1 ? "strikesNext" : "strikesMore";
  const what = method === "*" ? t(forever || count > 1 ? "callsAny" : "callAny") : method;
  const where = chat === undefined ? "" : ` · ${fullName(store.chat(chat)) || chat}`;
  const after = skip ? ` · ${t("strikesAfter").replace("{skip}", skip)}` : "";
  return t(key).replace("{count}", count).replace("{what}", what) + where + after;
}

function processPart(attempt) {
  const state = h("span", { class: "process-state" });
  const log = h("pre", { class: "log", tabindex: "0" });
  const logs = h("details", { hidden: true }, h("summary", { t: "log" }), log);
  const act = (label, what, props) => button(label, () => attempt(api.process(what), "process"), props);
  const buttons = h("div", { class: "buttons" }, act("pStart", "start"), act("pStop", "stop"), act("pKill", "kill", { class: "danger" }));
  const note = h("p", { class: "faint note", t: "unsupervised" });
  const draw = () => {
    const process = store.state.process;
    note.hidden = Boolean(process);
    const name = process?.state ?? (process?.running === undefined ? "" : process.running ? "running" : "stopped");
    state.textContent = [name, process?.pid && `pid ${process.pid}`].filter(Boolean).join(", ");
    state.className = `process-state ${/run|ready/.test(name) ? "good" : "bad"}`;
    const text = [process?.log ?? []].flat().join("\n");
    logs.hidden = !text;
    if (log.textContent === text) return;
    log.textContent = text;
    log.scrollTop = log.scrollHeight;
  };
  return { element: part("process", h("p", { class: "pair" }, h("span", { class: "faint", t: "pState" }), state), buttons, note, logs), draw };
}

function callsPart() {
  const list = h("ol", { class: "calls" });
  const details = h("details", {}, h("summary", { t: "calls" }), list);
  let asked = null;
  const show = () => {
    asked = null;
    const recent = store.calls.slice(-40).reverse();
    list.replaceChildren(...(recent.length ? recent.map(callLine) : [h("li", { class: "faint", t: "noCalls" })]));
  };
  const soon = () => {
    if (details.open && !asked) asked = setTimeout(show, 250);
  };
  store.on("call", soon);
  details.addEventListener("toggle", soon);
  return { element: h("section", { class: "part" }, details), draw: soon };
}

function callLine({ method, params, ok, error_code: code, description }) {
  const text = params?.text ?? params?.caption ?? "";
  return h(
    "li",
    { title: ok ? "" : (description ?? "") },
    h("span", { class: `dot ${ok ? "good" : "bad"}` }),
    h("code", {}, method),
    h("span", { class: "faint cut", dir: "auto" }, ok ? String(text) : `${code} ${description ?? ""}`),
  );
}
