// Runs the tour: finds what a step points to, draws a ring around it, and goes on when the step's event happened.
import { h, iconButton } from "./dom.js";
import { roleOf } from "./people.js";
import { store } from "./store.js";
import { NUMBER, STEPS } from "./tour.js";
import { language, nearest, told, written } from "./words.js";

const LOOK_BACK = 24; // rows of a conversation in which a button may be
const GAP = 16; // between the card and what it must not cover
const NARROW = 760;
const AGAIN_MS = 600; // a target that was scrolled away is brought back so soon

/** Whether all of an element is inside everything that scrolls around it, and inside the window. */
function isInView(element) {
  const box = element.getBoundingClientRect();
  const around = [...document.querySelectorAll(".messages, .panel-parts, .stage")].filter((one) => one !== element && one.contains(element));
  const rooms = [{ top: 0, left: 0, bottom: innerHeight, right: innerWidth }, ...around.map((one) => one.getBoundingClientRect())];
  return rooms.every((room) => box.top >= room.top - 1 && box.bottom <= room.bottom + 1 && box.left >= room.left - 1 && box.right <= room.right + 1);
}

const overlap = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

export class Guide {
  constructor(stage, panel, showPanel) {
    Object.assign(this, { stage, panel, showPanel, at: -1, target: null });
    this.ring = h("div", { class: "ring", "aria-hidden": "true", hidden: true });
    this.card = h("div", { class: "tour-card", role: "dialog", tLabel: "tour", "aria-live": "polite", hidden: true });
    document.body.append(this.ring, this.card);
    stage.addEventListener("delivery", () => this.#happened({ delivery: true }));
    stage.addEventListener("pressed", ({ detail }) => this.#happened({ pressed: detail.label, seat: detail.seat }));
    store.on("messages", ({ chat, message }) => message && this.#happened({ message, chat }));
  }

  get step() {
    return STEPS[this.at];
  }

  start() {
    this.stage.reopen();
    const customers = this.#seats("customer");
    const customer = customers.find(({ person }) => nearest(person.language_code) === language()) ?? customers[0];
    this.language = nearest(customer?.person.language_code); // the story stays with its people, whatever the page speaks later
    if (customer) this.panel.delivery.choose(customer.person);
    this.#go(0);
  }

  end() {
    this.at = -1;
    this.ring.hidden = true;
    this.card.hidden = true;
  }

  draw() {
    if (!this.step) return;
    const { step } = this;
    const [, target] = this.#aim();
    const writing = step.write && target?.matches(".input") && this.written !== this.at; // offered once: what was sent is on its way
    const finish = this.at === STEPS.length - 1;
    const skip = () => (finish ? this.end() : this.#go(this.at + 1));
    this.card.replaceChildren(
      h("div", { class: "tour-progress" }, STEPS.map((_, index) => h("i", { class: index <= this.at ? "past" : "" }))),
      h("p", {}, told(step.tell)),
      h(
        "div",
        { class: "buttons" },
        writing && h("button", { type: "button", class: "primary", t: "doForMe", onclick: () => this.#write() }),
        !finish && h("button", { type: "button", t: "lookHere", onclick: () => this.#reveal() }),
        h("button", { type: "button", class: finish ? "primary" : "", t: finish ? "close" : "next", onclick: skip }),
        !finish && iconButton("close", "endTour", () => this.end()),
      ),
    );
  }

  #go(at) {
    this.at = at;
    this.target = null;
    this.written = null;
    this.revealed = 0;
    this.card.hidden = false;
    if (this.step.optional && !this.#button()) return this.#go(at + 1);
    this.draw();
    this.#reveal();
    this.#follow();
  }

  #happened(event) {
    const done = this.step?.done;
    const from = this.at;
    if (!done || !this.#matches(done, event)) return;
    this.number = (done.text && (event.message?.text ?? event.message?.caption ?? "").match(NUMBER)?.[0]) ?? this.number;
    setTimeout(() => this.at === from && this.#go(from + 1), 350); // once, however many messages say so
  }

  #matches(done, { delivery, pressed, seat, message, chat }) {
    if (done.delivery) return Boolean(delivery);
    if (done.pressed) return pressed !== undefined && done.pressed.test(pressed) && this.#seats(this.step.seat).includes(seat);
    if (!message || !(message.sent_by_bot ?? message.from?.is_bot)) return false;
    if (!this.#seats(done.seat ?? this.step.seat).some((one) => one.chat === chat)) return false;
    const labels = (message.reply_markup?.inline_keyboard ?? []).flat().map((button) => button.text);
    if (done.label) return labels.some((label) => done.label.test(label));
    if (done.text) return done.text.test(message.text ?? message.caption ?? "");
    return Boolean(done.answer);
  }

  #seats(roles) {
    return [roles].flat().flatMap((wanted) => {
      const [role, wish] = wanted.split(":");
      const all = this.stage.seats.filter((seat) => roleOf(seat.person) === role);
      const near = all.filter(({ person }) => nearest(person.language_code) === this.language);
      return wish && near.length ? near : all;
    });
  }

  /** [seat, element] of the button to press, or null. */
  #button() {
    const { step } = this;
    if (!step.press || step.seat === "panel") return null;
    for (const seat of this.#seats(step.seat)) {
      const every = [...seat.list.box.querySelectorAll(".row.other")];
      const about = step.own && this.number ? every.filter((row) => row.textContent.includes(this.number)) : every;
      const rows = about.slice(-(step.newest ? 1 : LOOK_BACK)).reverse();
      for (const row of rows) {
        const buttons = [...row.querySelectorAll(".inline-button")];
        for (const label of step.press) {
          const found = buttons.find((button) => label.test(button.textContent.trim()));
          if (found) return [seat, found];
        }
      }
    }
    return null;
  }

  #aim() {
    const { step } = this;
    if (step.seat === "panel") return [null, this.panel.element.querySelector(step.press)];
    const found = this.#button();
    if (found) return found;
    const seat = step.newest ? this.#seats(step.seat).find((one) => one === this.stage.active) : null;
    const writer = seat ?? this.#seats(step.seat)[0];
    if (!writer || !step.write) return [writer, null];
    if (writer.composer.element.hidden) return [writer, writer.foot.querySelector("button")];
    const filled = writer.composer.input.value.trim();
    return [writer, filled ? writer.composer.element.querySelector(".send") : writer.composer.input];
  }

  #write() {
    const [seat] = this.#aim();
    const { write } = this.step;
    seat?.composer.write(typeof write === "function" ? write() : written(write, seat.person.language_code));
    this.written = this.at;
  }

  #reveal() {
    const [seat, target] = this.#aim();
    this.revealed = performance.now();
    this.showPanel(this.step.seat === "panel");
    if (seat) this.stage.activate(seat);
    seat?.element.scrollIntoView({ inline: "center", block: "nearest", behavior: "smooth" });
    target?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  /** Keeps the ring on its target, wherever scrolling and new messages move it. */
  #follow() {
    cancelAnimationFrame(this.frame);
    const tick = () => {
      if (!this.step) return;
      const [seat, target] = this.#aim();
      const key = target?.dataset.key ?? target?.className;
      if (key !== this.target) {
        this.target = key;
        this.draw();
        if (target && seat) this.#reveal();
      } else if (target && !isInView(target) && performance.now() - this.revealed > AGAIN_MS) this.#reveal();
      this.#ringAround(target);
      this.#placeCard(target, seat?.element ?? this.panel.element);
      this.frame = requestAnimationFrame(tick);
    };
    tick();
  }

  /** The card stands beside the seat or panel that it speaks of, at the height of the target, and covers neither. */
  #placeCard(target, beside) {
    const { offsetWidth: width, offsetHeight: height } = this.card;
    const round = beside.getBoundingClientRect();
    const box = target?.getBoundingClientRect() ?? round;
    let left = (innerWidth - width) / 2;
    let top = innerHeight - height - GAP;
    if (innerWidth <= NARROW) top = box.top > innerHeight / 2 ? round.top + GAP : top;
    else {
      const right = round.right + GAP;
      left = right + width + GAP < innerWidth ? right : Math.max(GAP, round.left - width - GAP);
      top = Math.max(64, Math.min(box.top + box.height / 2 - height / 2, top));
    }
    const here = { left, top, right: left + width, bottom: top + height };
    if (target && overlap(here, box)) top = box.top > innerHeight / 2 ? Math.max(GAP, box.top - height - GAP) : Math.min(box.bottom + GAP, innerHeight - height - GAP);
    this.card.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  #ringAround(target) {
    const box = target?.getBoundingClientRect();
    this.ring.hidden = !box?.width;
    if (this.ring.hidden) return;
    const style = `translate(${box.left - 5}px, ${box.top - 5}px)`;
    if (this.ring.style.transform === style && this.ring.style.width === `${box.width + 10}px`) return;
    this.ring.style.transform = style;
    this.ring.style.width = `${box.width + 10}px`;
    this.ring.style.height = `${box.height + 10}px`;
  }
}
