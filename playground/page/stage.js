// The row of seats: who sits where, which seat is active, which has something unseen; on a phone one seat at a time.
import { arrows, h, iconButton } from "./dom.js";
import { openMenu } from "./menu.js";
import { avatar, fullName, roleName, roleOf } from "./people.js";
import { Seat, seatKey } from "./seat.js";
import { store } from "./store.js";
import { language, nearest } from "./words.js";

/** Whether a seat is for those who read the page in this language; where nobody speaks it, a related one will do. */
function isForReaders({ language: spoken }, given) {
  if (!spoken) return true;
  const speaks = (code) => nearest(code) === language();
  if (given.some((place) => place.language && speaks(place.language))) return speaks(spoken);
  return spoken.split("-")[0] === language().split("-")[0];
}

const KEPT = "page-seats"; // seats a person added or closed, by key

export class Stage extends EventTarget {
  constructor() {
    super();
    this.seats = [];
    this.active = null;
    this.counts = new Map();
    this.visible = new Set();
    this.kept = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    this.element = h("main", { class: "stage", tLabel: "seats" });
    this.tabs = h("nav", { class: "tabs", tLabel: "seats" });
    arrows(this.tabs);
    this.watcher = new IntersectionObserver((entries) => this.#watched(entries), { root: this.element, threshold: 0.6 });
    store.on("state", () => this.#state());
    store.on("messages", (detail) => this.#messages(detail));
    store.on("callback", (data) => this.of(data.chat, data.user).forEach((seat) => seat.presses.answered(data)));
    store.on("action", ({ chat }) => this.of(chat).forEach((seat) => seat.typing()));
    document.addEventListener("visibilitychange", () => this.#seen());
  }

  /** Seats in this chat, all of them or one person's. */
  of(chat, user) {
    return this.seats.filter((seat) => seat.chat === chat && (user === undefined || seat.user === user));
  }

  find(role) {
    const roles = [role].flat();
    for (const wanted of roles) {
      const found = this.seats.find((seat) => roleOf(seat.person) === wanted);
      if (found) return found;
    }
    return null;
  }

  open(place, { remember = true } = {}) {
    const key = seatKey(place);
    const here = this.seats.find((seat) => seat.key === key);
    if (here) return here;
    const seat = new Seat(place, this);
    this.seats.push(seat);
    this.element.append(seat.element);
    this.watcher.observe(seat.element);
    if (remember) this.#remember(key, { ...place, open: true });
    this.#drawTabs();
    return seat;
  }

  close(seat) {
    this.#remember(seat.key, { user: seat.user, chat: seat.chat, title: seat.title, open: false });
    this.#drop(seat);
    this.activate(this.seats[0]);
  }

  /** Brings back the seats that the playground offers and a person has closed. */
  reopen() {
    this.kept = Object.fromEntries(Object.entries(this.kept).filter(([, place]) => place.open));
    localStorage.setItem(KEPT, JSON.stringify(this.kept));
    this.#state();
  }

  /** The page speaks another language: the seats of those who speak it are offered instead. */
  switchLanguage() {
    const given = store.state.seats;
    const leaves = ({ key }) => !this.kept[key]?.open && given.some((place) => seatKey(place) === key && !isForReaders(place, given));
    for (const seat of this.seats.filter(leaves)) this.#drop(seat);
    this.#state();
    this.activate(this.active ?? this.seats[0]);
  }

  activate(seat, { focus = false } = {}) {
    if (!seat) return;
    if (this.active !== seat) {
      this.active?.element.classList.remove("active");
      this.active?.list.box.setAttribute("aria-live", "off");
      this.active = seat;
      seat.element.classList.add("active");
      seat.list.box.setAttribute("aria-live", "polite"); // only one conversation is read out
      this.#drawTabs();
    }
    if (focus) {
      seat.element.scrollIntoView({ inline: "nearest", block: "nearest", behavior: "smooth" });
      seat.composer.focus();
    }
    this.#seen();
  }

  /** Follows a start link as this person, in their own private chat. */
  async startAs(user, payload) {
    const seat = this.open({ user, chat: user, title: fullName(store.user(user)) });
    this.activate(seat, { focus: true });
    return seat.act.start(payload);
  }

  /** Tells the tour that a button was pressed. */
  pressed(seat, label) {
    this.dispatchEvent(new CustomEvent("pressed", { detail: { seat, label } }));
  }

  unseen(seat) {
    if (this.visible.has(seat) && seat.list.atBottom && !document.hidden) return;
    this.counts.set(seat, (this.counts.get(seat) ?? 0) + 1);
    this.#soonTabs();
  }

  chooser() {
    const add = iconButton("plus", "addSeat", () => openMenu(add, this.#places()), { "aria-haspopup": "menu" });
    return add;
  }

  #places() {
    const { users, chats } = store.state;
    const groups = chats.filter((chat) => chat.type !== "private" && !chat.migrated_to);
    const all = users.flatMap((user) => [
      { user: user.id, chat: user.id, title: fullName(user) },
      ...groups.filter((chat) => chat.members?.includes(user.id)).map((chat) => ({ user: user.id, chat: chat.id, title: chat.title })),
    ]);
    const free = all.filter((place) => !this.seats.some((seat) => seat.key === seatKey(place)));
    const label = ({ user, chat, title }) => {
      const person = store.user(user);
      return `${fullName(person)} · ${roleName(person)} · ${user === chat ? fullName(store.state.bot) : title}`;
    };
    return free.map((place) => [{ text: label(place) }, () => this.activate(this.open(place), { focus: true })]);
  }

  #state() {
    const moved = new Map(store.state.chats.filter((chat) => chat.migrated_to).map((chat) => [chat.id, chat.migrated_to]));
    const given = store.state.seats.map((seat) => ({ ...seat, chat: moved.get(seat.chat) ?? seat.chat }));
    for (const seat of this.seats.filter((one) => moved.has(one.chat))) this.#drop(seat);
    const offered = given.filter((place) => isForReaders(place, given));
    for (const place of offered) if (this.kept[seatKey(place)]?.open !== false) this.open(place, { remember: false });
    const known = (place) => store.user(place.user) && (store.chat(place.chat) || place.user === place.chat);
    for (const place of Object.values(this.kept)) if (place.open && known(place)) this.open(place, { remember: false });
    for (const seat of this.seats) seat.refresh();
    if (!this.active) this.activate(this.seats[0]);
    this.#drawTabs();
  }

  #messages(detail) {
    for (const seat of this.of(detail.chat)) seat.changed(detail);
  }

  #drop(seat) {
    this.seats = this.seats.filter((one) => one !== seat);
    this.watcher.unobserve(seat.element);
    this.visible.delete(seat);
    this.counts.delete(seat);
    seat.element.remove();
    if (this.active === seat) this.active = null;
    this.#drawTabs();
  }

  #remember(key, place) {
    this.kept[key] = place;
    localStorage.setItem(KEPT, JSON.stringify(this.kept));
  }

  #watched(entries) {
    for (const { target, isIntersecting } of entries) {
      const seat = this.seats.find((one) => one.element === target);
      if (seat && isIntersecting) this.visible.add(seat);
      else if (seat) this.visible.delete(seat);
    }
    this.#seen();
  }

  #seen() {
    if (document.hidden) return;
    for (const seat of this.visible) if (seat.list.atBottom) this.counts.delete(seat);
    this.#soonTabs();
  }

  #soonTabs() {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame(() => {
      this.asked = false;
      this.#drawTabs();
    });
  }

  #drawTabs() {
    const focused = this.tabs.contains(document.activeElement) && document.activeElement.dataset.key;
    this.tabs.replaceChildren(...this.seats.map((seat, index) => this.#tab(seat, index)));
    if (focused) [...this.tabs.children].find((tab) => tab.dataset.key === focused)?.focus();
  }

  #tab(seat, index) {
    const count = this.counts.get(seat) ?? 0;
    const name = fullName(seat.person);
    const where = seat.isPrivate ? "" : ` · ${seat.room?.title ?? seat.title}`;
    const twice = where && this.seats.some((other) => other !== seat && other.user === seat.user);
    return h(
      "button",
      {
        type: "button",
        class: "tab",
        title: `${name}${where}${index < 9 ? ` (Alt+${index + 1})` : ""}`,
        "aria-current": seat === this.active ? "true" : null,
        data: { role: roleOf(seat.person), key: seat.key },
        onclick: () => this.activate(seat, { focus: true }),
      },
      avatar(seat.person, "role small"),
      h("bdi", { class: "tab-name" }, twice ? where.slice(3) : name),
      count > 0 && h("span", { class: "badge" }, count > 99 ? "99+" : String(count)),
    );
  }
}
