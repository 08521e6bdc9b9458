// What is known of a conversation before the agent says a word, so that nothing is asked twice.
import { h, fill, minutes } from "./dom.js";
import { card } from "./shared/cards.js";

/** What to do next: by mail where that is the way, then what the terms say, then why a person is wanted. */
function steps(t, { reply_by: by, reason, brief }) {
  const keys = [by === "mail" && "message", brief.decision?.reason, reason];
  const known = [...new Set(keys)].filter((key) => t.next_steps[key]);
  return (known.length ? known : ["general"]).map((key) => t.next_steps[key]);
}

/** What the agent may do first. */
export function nextStep(t, details) {
  return [h("h3", {}, t.page.next_step), h("ul", {}, steps(t, details).map((step) => h("li", {}, step)))];
}

/** Elements: names and values, and the cards that the customer saw. */
export function facts(t, language, details) {
  const { brief } = details;
  const waits = details.state === "queued" ? t.page.waits : t.page.waited;
  const rows = [
    [t.page.reason, t.reasons[details.reason] ?? details.reason],
    [t.page.topic, t.topics[brief.topic]],
    [t.page.spoken, new Intl.DisplayNames([language], { type: "language" }).of(details.language)],
    [t.page.waiting, fill(waits, { minutes: minutes(details.waited) })],
    [t.page.message, brief.message, details.language],
    [t.page.first_question, brief.first_question, details.language],
    [t.page.tried, (brief.tried ?? []).map((topic) => t.topics[topic] ?? topic).join(", ")],
    [t.page.identified, brief.identified ? t.page.answer_yes : t.page.answer_no],
  ];
  const list = rows.filter(([, value]) => value).map(([name, value, lang]) => h("div", {}, h("dt", {}, name), h("dd", { lang }, value)));
  const words = { ...t.cards, coverage: { ...t.cards.coverage, title: t.page.devices } }; // not "your devices"
  const cards = [brief.decision, brief.coverage].map((data) => data && card(words, data)).filter(Boolean);
  return [h("h3", {}, t.page.about), h("dl", {}, list), cards.length > 0 && h("div", { class: "told" }, cards)].filter(Boolean);
}
