// Reading a conversation with the keyboard: arrows walk from message to message, Enter goes to what can be pressed
// in it, r replies, e edits one's own.
export function walk(box, seat, message) {
  box.addEventListener("keydown", (event) => {
    const rows = [...box.querySelectorAll(".row[tabindex]")];
    const here = event.target.closest(".row[tabindex]");
    if (event.target !== here && event.target !== box) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step) (here ? rows[rows.indexOf(here) + step] : rows.at(-1))?.focus();
    else if (here && event.key === "Enter") here.querySelector("[data-key], .picture, a")?.focus();
    else if (here && event.key === "r") seat.act.reply(message(Number(here.dataset.id)));
    else if (here && event.key === "e" && here.classList.contains("own")) seat.act.edit(message(Number(here.dataset.id)));
    else return;
    event.preventDefault();
  });
}
