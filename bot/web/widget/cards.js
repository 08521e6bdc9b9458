// Cards: what `data` of a message says, as names and values. Unknown kinds and codes draw nothing.
import { fill, h } from "./dom.js";
import { coming, date } from "./times.js";

const DRAWN = { coverage, damage_decision: decision, opening_hours: hours, handoff, sources };

/** An element for the `data` of a message; null where there is nothing to draw. */
export function card(t, data) {
  try {
    return Object.hasOwn(DRAWN, data.kind) ? DRAWN[data.kind](t, data) : null;
  } catch {
    return null; // a card of a newer server: the message says the same in words
  }
}

/** rows: [name, value, tone]; rows without a value are left out. */
function frame(title, rows, { mark = null, note = null, tone = "" } = {}) {
  const list = rows.filter(([, value]) => value).map(([name, value, how]) => h("div", { class: how }, h("dt", {}, name), h("dd", {}, value)));
  return h(
    "div",
    { class: `card ${tone}`, role: "group", "aria-label": title },
    h("div", { class: "head" }, h("h3", {}, title), mark && h("p", { class: "mark" }, mark)),
    list.length > 0 && h("dl", {}, list),
    note && h("p", { class: "note" }, note),
  );
}

function hours(t, { open, next_change: next }) {
  if (!(new Date(next) > new Date())) return null; // what was true then is not true any more
  const when = fill(open ? t.hours.until : t.hours.opens, { moment: coming(t, next) });
  return frame(t.hours.title, [[open ? t.hours.open : t.hours.closed, when]], { tone: open ? "good line" : "calm line" });
}

function decision(t, { serial, damage, outcome, reason, basis }) {
  const rows = [
    [t.decision.device, serial],
    [t.decision.damage, t.damages[damage]],
    [t.decision.reason, t.reasons[reason]],
    [t.decision.basis, t.bases[basis]],
  ];
  const tone = { eligible: "good", not_eligible: "bad" }[outcome] ?? "calm";
  return frame(t.decision.title, rows, { mark: t.decision[outcome], tone, note: outcome === "needs_support" ? null : t.decision.note });
}

function coverage(t, { account, program_active: active, program_until: until, devices = [] }) {
  const words = t.coverage;
  const program = account === "closed" ? words.account_closed : !active ? words.program_inactive : until ? fill(words.program_until, { date: date(t, until) }) : words.program_active;
  const box = frame(words.title, [[words.program, program]], { note: devices.length ? null : words.none, tone: active ? "good" : "calm" });
  box.append(...devices.map((device) => unit(t, device)));
  return box;
}

function unit(t, device) {
  const words = t.coverage;
  const left = Number(device.accident_claims_left);
  const ends = device.warranty_until ? fill(device.warranty_active ? words.warranty_until : words.warranty_over, { date: date(t, device.warranty_until) }) : words.warranty_unknown;
  const claims = device.claim_in_progress ? words.in_progress : left > 0 ? fill(words.claims_left, { count: left }) : words.claims_none;
  const rows = [
    [words.serial, device.serial],
    [words.warranty, ends, device.warranty_active ? "yes" : "no"],
    [words.claims, claims, left > 0 ? "yes" : "no"],
    [words.registered, device.registered === false && words.not_registered, "no"],
    [words.activated, device.program_activated === false && words.not_activated, "no"],
  ];
  const name = t.units[device.unit] ?? "";
  const list = rows.filter(([, value]) => value).map(([key, value, how]) => h("div", { class: how }, h("dt", {}, key), h("dd", {}, value)));
  return h("div", { class: "unit" }, h("h4", {}, name, device.model && h("span", {}, ` ${device.model}`)), h("dl", {}, list));
}

function handoff(t, { state, position, reference }) {
  const rows = [
    [t.handoff.position, state === "queued" && position ? String(position) : null],
    [t.handoff.reference, reference],
  ];
  return frame(t.handoff.title, rows, { mark: t.handoff[state], tone: state === "assigned" ? "good" : "calm" });
}

function sources(t, { statements }) {
  const quotes = statements.map((statement) => h("li", { lang: "en" }, statement));
  return h("details", { class: "sources" }, h("summary", {}, t.sources.show), h("p", {}, t.sources.note), h("ul", {}, quotes));
}
