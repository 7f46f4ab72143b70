// The menu of commands that opens while a person types "/". Which set a person sees (the narrowest scope that fits,
// in their language) the server says; the answer is kept until the bot changes its commands.
import { commands as ask } from "./api.js";
import { h } from "./dom.js";
import { store } from "./store.js";

export class CommandMenu {
  constructor(seat, choose) {
    this.seat = seat;
    this.choose = choose;
    this.known = null;
    this.text = "";
    this.found = [];
    this.at = 0;
    for (const kind of ["commands", "state"]) store.on(kind, () => (this.known = null));
    this.element = h("div", { class: "command-menu", role: "listbox", tLabel: "commands", hidden: true });
  }

  async filter(text) {
    this.text = text;
    const typed = /^\/([a-z0-9_]*)$/i.exec(text)?.[1].toLowerCase();
    if (typed === undefined) return this.#show([]);
    this.known ??= ask(this.seat.chat, this.seat.user).then((answer) => answer.commands, () => []);
    const all = await this.known;
    if (this.text === text) this.#show(all.filter((item) => item.command.startsWith(typed)));
    return undefined;
  }

  /** Takes the keys that belong to an open menu; true when it did. */
  key(event) {
    if (this.element.hidden) return false;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step) {
      this.at = (this.at + step + this.found.length) % this.found.length;
      this.#draw();
    } else if (event.key === "Escape") this.element.hidden = true;
    else if (event.key === "Enter" || event.key === "Tab") this.choose(`/${this.found[this.at].command}`);
    else return false;
    event.preventDefault();
    return true;
  }

  #show(found) {
    this.found = found;
    this.at = 0;
    this.element.hidden = !found.length;
    if (found.length) this.#draw();
  }

  #draw() {
    this.element.replaceChildren(...this.found.map((item, index) => this.#item(item, index)));
    this.element.children[this.at]?.scrollIntoView({ block: "nearest" });
  }

  #item({ command, description }, index) {
    const onpointerdown = (event) => {
      event.preventDefault();
      this.choose(`/${command}`);
    };
    const chosen = String(index === this.at);
    return h(
      "div",
      { class: "command", role: "option", "aria-selected": chosen, onpointerdown },
      h("span", { class: "command-name" }, `/${command}`),
      h("span", { class: "faint", dir: "auto" }, description),
    );
  }
}
