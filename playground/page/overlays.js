// What lies over a conversation for a moment: toasts, alerts, a picture at full size.
import { h, iconButton } from "./dom.js";

const TOAST_MS = 4200;

export function toast(box, text) {
  const node = h("div", { class: "toast", dir: "auto" }, text);
  box.append(node);
  while (box.children.length > 3) box.firstChild.remove();
  setTimeout(() => node.remove(), TOAST_MS);
}

/** The alert of answerCallbackQuery: stays over its seat until it is acknowledged. */
export function alertBox(seat, text) {
  const before = document.activeElement;
  const close = () => {
    cover.remove();
    if (before?.isConnected) before.focus();
  };
  const ok = h("button", { type: "button", class: "primary", t: "ok", onclick: close });
  const box = h("div", { class: "alert", role: "alertdialog", "aria-modal": "true" }, h("p", { dir: "auto" }, text), ok);
  box.setAttribute("aria-label", text);
  const cover = h("div", { class: "cover" }, box);
  cover.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "Tab") event.preventDefault();
  });
  seat.append(cover);
  ok.focus();
}

export function showPicture(url, caption) {
  const dialog = h("dialog", { class: "viewer" });
  dialog.append(
    iconButton("close", "close", () => dialog.close()),
    h("img", { src: url, alt: caption ?? "" }),
    caption ? h("p", { dir: "auto" }, caption) : "",
  );
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
