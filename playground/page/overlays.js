// What lies over a conversation for a moment: toasts, alerts, a picture at full size.
import { h, iconButton } from "./dom.js";
import { t } from "./words.js";

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
  const dialog = h("dialog", { class: "viewer", tLabel: "photo" });
  const image = h("img", { src: url, alt: t("photo") });
  const zoom = h("button", { type: "button", class: "zoom", tLabel: "zoom", "aria-pressed": "false", onclick: (event) => magnify(event, zoom, image) }, image);
  dialog.append(
    zoom,
    caption ? h("p", { dir: "auto" }, caption) : "",
    iconButton("close", "close", () => dialog.close()),
  );
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** At its full size, with the place that was pressed in sight; pressed again, whole. */
function magnify({ clientX, clientY }, zoom, image) {
  const before = image.getBoundingClientRect();
  const at = [clientX - before.left, clientY - before.top].map((where, axis) => (clientX ? where / [before.width, before.height][axis] : 0));
  const large = zoom.classList.toggle("large");
  zoom.setAttribute("aria-pressed", String(large));
  if (large) zoom.scrollTo(at[0] * zoom.scrollWidth - zoom.clientWidth / 2, at[1] * zoom.scrollHeight - zoom.clientHeight / 2);
}
