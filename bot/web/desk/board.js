// The lists: who waits, whom I have, whom colleagues have; and the figures of the day.
import { button, fill, h, minutes } from "./dom.js";

/** The lists of a board. `open(reference)` shows one, `take(reference)` takes it. */
export function lists(t, board, chosen, { open, take, find, found }) {
  const me = board.agents.find((agent) => agent.me)?.name;
  const waiting = board.handoffs.filter(({ state }) => state === "queued");
  const owned = board.handoffs.filter(({ state }) => state === "assigned");
  const parts = [
    [t.page.waiting, waiting],
    [t.page.mine, owned.filter(({ owner }) => owner === me)],
    [t.page.others, owned.filter(({ owner }) => owner !== me)],
  ];
  const next = waiting[0];
  return [
    button(t.page.take_next, () => next && take(next.reference), { class: "main", disabled: !next, id: "next" }),
    ...parts.map(([title, cards]) => list(t, title, cards, chosen, board, open)),
    searchForm(t, find, found, chosen, board, open),
    today(t, board.today),
  ];
}

function list(t, title, cards, chosen, board, open) {
  const items = cards.map((card) => h("li", {}, item(t, card, chosen, board, open)));
  return h("section", {}, h("h2", {}, `${title} (${cards.length})`), items.length ? h("ul", { class: "items" }, items) : h("p", { class: "calm" }, t.page.nobody));
}

function item(t, card, chosen, board, open) {
  const waits = fill(card.state === "queued" ? t.page.waits : t.page.waited, { minutes: minutes(card.waited) });
  const owner = card.outcome ? (t.outcomes[card.outcome] ?? card.outcome) : card.owner && fill(t.page.owner, { name: nameOf(board, card.owner) });
  const how = card.reply_by === "mail" ? t.page.by_mail : t.page.by_chat;
  return h(
    "button",
    { type: "button", class: "item", "data-reference": card.reference, "aria-current": card.reference === chosen ? "true" : null, onclick: () => open(card.reference) },
    h("strong", {}, t.topics[card.topic] ?? t.reasons[card.reason] ?? card.reason),
    h("span", { class: "calm" }, [how, card.language, waits, owner].filter(Boolean).join(" · ")),
    h("span", { class: "asked", lang: card.language }, card.first_question ?? ""),
    card.unanswered && h("span", { class: "unanswered" }, t.page.unanswered),
  );
}

/** The first name of somebody who works at the desk. */
export const nameOf = (board, name) => board.agents.find((agent) => agent.name === name)?.first_name ?? name;

function searchForm(t, find, found, chosen, board, open) {
  const input = h("input", { id: "words", type: "search", maxlength: 100, value: found?.words ?? "" });
  const submit = (event) => {
    event.preventDefault();
    find(input.value);
  };
  const form = h("form", { role: "search", onsubmit: submit }, h("label", { for: "words" }, t.page.search), input, h("button", {}, t.page.search_go));
  if (!found) return form;
  return h("div", {}, form, found.handoffs.length ? list(t, t.page.found, found.handoffs, chosen, board, open) : h("p", {}, t.page.search_none));
}

function today(t, figures) {
  const { longest } = figures;
  const mean = (seconds) => (seconds === null ? t.page.none_yet : fill(t.page.minutes, { minutes: minutes(seconds) }));
  const rows = [
    [t.page.today_ended, figures.ended],
    [t.page.today_cancelled, figures.cancelled],
    [t.page.today_waited, mean(figures.waited)],
    [t.page.today_longest, mean(longest)],
    [t.page.today_handled, mean(figures.handled)],
    ...Object.entries(figures.reasons).map(([reason, count]) => [t.reasons[reason] ?? reason, count]),
    ...Object.entries(figures.outcomes).map(([outcome, count]) => [t.outcomes[outcome] ?? outcome, count]),
  ];
  return h("section", { class: "today" }, h("h2", {}, t.page.today), h("dl", {}, rows.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, String(value))))));
}
