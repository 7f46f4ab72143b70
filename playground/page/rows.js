// From messages to rows: albums become one row, rows of one person in short order become a run, days are separated.
import { isOwn, service } from "./message.js";
import { sameDay } from "./people.js";
import { language } from "./words.js";

const RUN_SECONDS = 300;

export function rowsOf(messages, seat) {
  const rows = [];
  for (const message of messages) {
    const album = message.media_group_id;
    const before = rows.at(-1);
    if (album && before?.album === album) before.messages.push(message);
    else rows.push({ album, messages: [message], own: isOwn(message, seat) });
  }
  rows.forEach((row, index) => place(row, rows[index - 1], rows[index + 1]));
  return rows;
}

function place(row, before, after) {
  const [first] = row.messages;
  row.day = !before || !sameDay(before.messages[0].date, first.date);
  row.lead = row.day || !sameRun(before, row);
  row.tail = !after || !sameDay(after.messages[0].date, first.date) || !sameRun(row, after);
}

function sameRun(a, b) {
  const [x, y] = [a.messages[0], b.messages[0]];
  const close = y.date - a.messages.at(-1).date < RUN_SECONDS;
  return close && !service(x) && !service(y) && (x.from?.id ?? 0) === (y.from?.id ?? 0);
}

/** What a row is drawn from: a row whose signature is unchanged is not drawn again. */
export const signature = (row) => [row.day, `${row.lead}${row.tail}`, language(), ...row.messages];

export function matches(old, row) {
  const now = signature(row);
  return old.length === now.length && now.every((part, index) => part === old[index]);
}

/** Where an id stands in the sorted list, or where the next one does. */
export function position(ids, id) {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ids[middle] < id) low = middle + 1;
    else high = middle;
  }
  return Math.min(low, Math.max(0, ids.length - 1));
}
