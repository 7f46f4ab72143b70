// A small pop-up menu by a button: arrow keys walk, Escape closes and gives the focus back.
import { arrows, h } from "./dom.js";

let open = null;

const SEARCHED = 12; // from so many items on, some letters find one

/** items: [word key or plain {text}, action][]; they are read when the menu opens. */
export function openMenu(anchor, items) {
  const again = open?.anchor === anchor;
  closeMenu();
  if (again) return;
  const list = h("div", { role: "menu", class: "menu-items" }, items.map(([label, action]) => menuItem(label, action)));
  const box = h("div", { class: "menu" }, items.length >= SEARCHED && searchField(list), list);
  arrows(box, "button, input");
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" && event.key !== "Tab") return;
    event.preventDefault();
    closeMenu();
    anchor.focus();
  });
  document.body.append(box);
  place(box, anchor);
  anchor.setAttribute("aria-expanded", "true");
  open = { box, anchor };
  box.querySelector("input, button")?.focus();
}

/** Shows the items that contain every word typed; Enter takes the first. */
function searchField(list) {
  const field = h("input", { type: "search", class: "menu-search", tPlaceholder: "find", tLabel: "find" });
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/u);
    for (const item of list.children) item.hidden = !words.every((word) => item.textContent.toLowerCase().includes(word));
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") list.querySelector("button:not([hidden])")?.click();
  });
  return field;
}

export function closeMenu() {
  open?.anchor.setAttribute("aria-expanded", "false");
  open?.box.remove();
  open = null;
}

function menuItem(label, action) {
  const onclick = () => {
    closeMenu();
    action();
  };
  const props = { type: "button", role: "menuitem", onclick };
  return typeof label === "string" ? h("button", { ...props, t: label }) : h("button", props, h("bdi", {}, label.text));
}

function place(box, anchor) {
  const by = anchor.getBoundingClientRect();
  const [width, height] = [box.offsetWidth, box.offsetHeight];
  const below = by.bottom + height + 12 < innerHeight;
  box.style.left = `${Math.max(8, Math.min(by.left, innerWidth - width - 8))}px`;
  box.style.top = `${below ? by.bottom + 6 : Math.max(8, by.top - height - 6)}px`;
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.box.contains(event.target) && !open.anchor.contains(event.target)) closeMenu();
});
