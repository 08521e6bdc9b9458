// Days and times in the customer's language; the patterns are those that the bot's own answers use (words.yml).
import { fill } from "./dom.js";

/** The parts of a moment as the clock on a wall shows them: in `zone`, or where the customer is. */
function parts(date, zone) {
  const read = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit",
  }).formatToParts(date);
  const value = Object.fromEntries(read.map(({ type, value }) => [type, value]));
  const [year, month, day] = [value.year, value.month, value.day].map(Number);
  return { year, month, day, hour: value.hour, minute: value.minute, number: Date.UTC(year, month - 1, day) / 864e5 };
}

const clockOf = (t, p) => fill(t.when.clock, p);
const dateOf = (t, p) => fill(t.time.date, { ...p, month: t.when.months[p.month - 1] });

/** "08.00", where the customer is. */
export const clock = (t, iso) => clockOf(t, parts(new Date(iso)));

/** A key and a name for the day: "I dag", "I går", "24 november 2026". */
export function day(t, iso) {
  const then = parts(new Date(iso));
  const ago = parts(new Date()).number - then.number;
  return { key: `day ${then.number}`, name: ago === 0 ? t.time.today : ago === 1 ? t.time.yesterday : dateOf(t, then) };
}

/** "24 november 2026 kl. 08.00", where the customer is. */
export function moment(t, iso) {
  const p = parts(new Date(iso));
  return fill(t.time.at, { date: dateOf(t, p), time: clockOf(t, p) });
}

/** A date without a time: "2027-08-14" as "14 augusti 2027"; what is no date stays as it is. */
export function date(t, text) {
  const read = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text ?? "");
  const p = read && { year: Number(read[1]), month: Number(read[2]), day: Number(read[3]) };
  return p && t.when.months[p.month - 1] ? dateOf(t, p) : String(text);
}

/** A coming moment inside a sentence, in the support's time zone: "i morgon, tisdag, kl. 08.00". */
export function coming(t, iso) {
  const then = parts(new Date(iso), t.support.zone);
  const now = parts(new Date(), t.support.zone);
  const ahead = then.number - now.number;
  const pattern = ahead <= 0 ? "today" : ahead === 1 ? "tomorrow" : ahead <= 6 ? "this_week" : then.year === now.year ? "this_year" : "another_year";
  const weekday = t.when.weekdays[(new Date(then.number * 864e5).getUTCDay() + 6) % 7];
  return fill(t.when[pattern], { ...then, weekday, month: t.when.months[then.month - 1], time: clockOf(t, then) });
}
