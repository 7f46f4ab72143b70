// On a touch screen, a message pushed to the left is being replied to.
const FAR = 56;

export function swipeToReply(box, reply) {
  let row = null;
  let start = null;
  let moved = 0;
  box.addEventListener("touchstart", ({ touches, target }) => {
    row = touches.length === 1 ? target.closest(".row[data-id]") : null;
    start = { x: touches[0].clientX, y: touches[0].clientY };
    moved = 0;
  }, { passive: true });
  box.addEventListener("touchmove", ({ touches }) => {
    if (!row) return;
    const [x, y] = [touches[0].clientX - start.x, touches[0].clientY - start.y];
    if (Math.abs(y) > Math.abs(x) && Math.abs(moved) < 8) return void (row = null);
    moved = Math.max(-FAR - 16, Math.min(0, x));
    row.style.transform = `translateX(${moved}px)`;
  }, { passive: true });
  const end = () => {
    if (!row) return;
    row.style.transform = "";
    if (moved <= -FAR) reply(Number(row.dataset.id));
    row = null;
  };
  box.addEventListener("touchend", end);
  box.addEventListener("touchcancel", end);
}
