// The words of the page itself (not of the bot) in every language, and what stands on the bot's buttons: as texts/ has them.
const { languages, fallback, buttons } = await (await fetch("/page/words.json")).json();
const codes = Object.keys(languages);

let current = nearest(localStorage.getItem("page-language") ?? navigator.language);

export const language = () => current;
export const locale = () => languages[current].locale;

/** The language of ours for a code of BCP 47: the code is shortened from its end until one has it. */
export function nearest(code) {
  const parts = (code ?? "").toLowerCase().split("-");
  for (let length = parts.length; length; length -= 1) {
    const shorter = parts.slice(0, length).join("-");
    const found = codes.find((one) => [one, ...languages[one].codes].some((other) => other.toLowerCase() === shorter));
    if (found) return found;
  }
  return fallback;
}

/** The word for a key; the key itself when there is none, so that a gap is seen and nothing breaks. */
export function t(key) {
  return key === "language" ? languages[next()].name : (languages[current].words[key] ?? key);
}

/** What the card of a step of the tour says. */
export const told = (key) => languages[current].tour[key] ?? key;

/** What somebody who speaks the language of this code writes in the tour. */
export const written = (key, code) => languages[nearest(code)].write[key] ?? key;

/** Fits the bot's button of this name, in whatever language. */
export function button(key) {
  const labels = buttons[key].map((label) => label.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^(${labels.join("|")})`);
}

const next = () => codes[(codes.indexOf(current) + 1) % codes.length];

export function switchLanguage() {
  current = next();
  localStorage.setItem("page-language", current);
  document.documentElement.lang = current;
}
