// The guided tour as data: from a delivery to a closed complaint to the figures, in about two minutes.
// A step points to a place and goes on when its `done` happened:
//   seat   roles in whose seats to look, in order ("customer:tour": who speaks the language of the tour, if anybody does), or "panel"
//   press  labels to look for, the first that is shown wins; in the panel, a selector
//   newest look only at the bot's newest message (a dialogue), not at older cards
//   own    look only at messages about the case of the tour, not at the others of the group
//   write  what to write where nothing is to be pressed: its name in "write" of texts/*/page.json, or what a function makes
//   optional  left out where nothing is to be pressed
//   tell   what the card says: its name in "tour" there
//   done   {pressed} a label, {label} or {text} a message that shows it, {answer} anything from the bot, {delivery};
//          `seat` inside it when it happens in somebody else's seat
import { store } from "./store.js";
import { button } from "./words.js";

const CUSTOMER = ["customer:tour"];
const DEPARTMENT = ["staff:tour", "head:tour", "quality:tour"];
const REVIEWERS = ["head:tour", "quality:tour", "management:tour"];
const MANAGERS = ["manager:tour", "management:tour"];
const SCORE = /[1-5]\s*$/;
const TWO = /2\s*$/;
const FILE = button("rating-file");
const DONE = button("done");
const ACCEPT = button("act-accept");
const RESOLVE = button("act-resolve");
const APPROVE = button("act-approve");
const SOLVED = button("solved");
const WORSE = button("summary-worse-cases");
export const NUMBER = /[CSQP]-\d{6}-\d{4,}/;

const JUDGED_FROM = 13; // before this day a month has too few answers for a verdict: the one before is asked about

/** The command for the month that has something to say. */
function askSummary() {
  const now = new Date(Date.now() + (store.state.clock?.offset ?? 0) * 1000);
  const [year, month, day] = new Intl.DateTimeFormat("en-CA", { timeZone: store.state.clock?.zone }).format(now).split("-").map(Number);
  if (day >= JUDGED_FROM) return "/summary";
  return `/summary ${month > 1 ? year : year - 1}-${String(month > 1 ? month - 1 : 12).padStart(2, "0")}`;
}

export const STEPS = [
  {
    seat: "panel",
    press: ".delivery [type=submit]",
    tell: "deliver",
    done: { delivery: true },
  },
  {
    seat: "panel",
    press: ".open-as",
    tell: "open",
    done: { seat: CUSTOMER, label: SCORE },
  },
  {
    seat: CUSTOMER,
    press: [TWO],
    newest: true,
    tell: "rate",
    done: { pressed: TWO },
  },
  {
    seat: CUSTOMER,
    press: [FILE],
    newest: true,
    tell: "file",
    done: { text: NUMBER },
  },
  {
    seat: CUSTOMER,
    write: "damage",
    tell: "damage",
    done: { label: DONE },
  },
  {
    seat: CUSTOMER,
    press: [DONE],
    newest: true,
    tell: "done",
    done: { pressed: DONE },
  },
  {
    seat: DEPARTMENT,
    press: [ACCEPT],
    own: true,
    tell: "accept",
    done: { pressed: ACCEPT },
  },
  {
    seat: DEPARTMENT,
    press: [RESOLVE],
    own: true,
    tell: "resolve",
    done: { text: /\b1\/4/ },
  },
  {
    seat: DEPARTMENT,
    write: "cause",
    tell: "cause",
    done: { text: /\b2\/4/ },
  },
  {
    seat: DEPARTMENT,
    write: "action",
    tell: "action",
    done: { text: /\b3\/4/ },
  },
  {
    seat: DEPARTMENT,
    press: [button("confirm"), button("resolution-valid"), button("skip")],
    newest: true,
    tell: "confirm",
    done: { seat: DEPARTMENT, label: APPROVE },
  },
  {
    seat: REVIEWERS,
    press: [APPROVE],
    own: true,
    tell: "approve",
    done: { seat: CUSTOMER, label: SOLVED },
  },
  {
    seat: CUSTOMER,
    press: [SOLVED],
    tell: "solve",
    done: { pressed: SOLVED },
  },
  {
    seat: MANAGERS,
    write: askSummary,
    tell: "summary",
    done: { answer: true },
  },
  {
    seat: MANAGERS,
    press: [WORSE],
    newest: true,
    optional: true,
    tell: "worse",
    done: { pressed: WORSE },
  },
  {
    seat: MANAGERS,
    tell: "end",
    done: {},
  },
];
