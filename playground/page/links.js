// Deep links: t.me/<this bot>?start=… pressed inside the page starts the bot from the seat of the person who pressed it.
import { store } from "./store.js";

/** {payload} when the address is a start link of this bot, else null. */
export function startLink(address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  const name = store.state.bot.username?.toLowerCase();
  const web = ["t.me", "telegram.me"].includes(url.hostname.toLowerCase());
  const named = web ? url.pathname.slice(1) : url.protocol === "tg:" ? url.searchParams.get("domain") : null;
  if (!name || named?.replace(/\/$/, "").toLowerCase() !== name) return null;
  return { payload: url.searchParams.get("start") ?? undefined };
}

/** Follows the link if it is one of ours; false leaves it to the browser. */
export function botStart(address, seat) {
  const link = startLink(address);
  if (!link) return false;
  seat.stage.startAs(seat.user, link.payload);
  return true;
}
