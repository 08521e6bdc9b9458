// What is said, as bubbles: text, card, time, state, and whether it was helpful.
import { card } from "./cards.js";
import { fill, h, hidden, icon, linked } from "./dom.js";
import { rating } from "./feedback.js";
import { clock, day } from "./times.js";

/** What draws a conversation's list anew with as little change as possible: draw(items). */
export class Messages {
  #nodes = new Map();

  /** act: {retry(), rate(message, helpful, comment)} */
  constructor(texts, act) {
    this.t = texts;
    this.act = act;
    this.element = h("div", { class: "list" });
  }

  draw(items) {
    const wanted = [];
    let today = null;
    items.forEach((item, index) => {
      const { key, name } = day(this.t, item.at);
      const id = item.key ? `own ${item.key}` : `message ${item.id}`;
      if (key !== today) wanted.push([`${key} ${id}`, name, () => h("p", { class: "day" }, h("span", {}, name))]);
      today = key;
      const next = items[index + 1];
      const rated = item.helpful !== undefined; // its field stays, whatever is said below
      const last = rated || !next || next.from !== item.from || next.name !== item.name;
      wanted.push([id, [item.state, last, item.helpful, item.comment, Boolean(item.history)].join(), () => this.#bubble(item, last)]);
    });
    this.#place(wanted);
  }

  #place(wanted) {
    const before = this.#nodes;
    this.#nodes = new Map();
    let at = this.element.firstChild;
    for (const [key, version, make] of wanted) {
      const known = before.get(key);
      before.delete(key);
      const node = known?.version === version ? known.node : make();
      if (known && known.node !== node) {
        if (at === known.node) at = node;
        known.node.replaceWith(node);
      }
      this.#nodes.set(key, { node, version });
      if (node === at) at = at.nextSibling;
      else this.element.insertBefore(node, at);
    }
    for (const { node } of before.values()) node.remove();
  }

  #bubble(item, last) {
    const { t } = this;
    if (item.from === "customer") {
      const text = item.masked ? item.text.replace(/\[(\w+)\]/g, (mark, name) => t.marks[name] ?? mark) : item.text;
      return h("div", { class: `row customer ${item.state}` }, h("div", { class: "bubble" }, hidden(`${t.who.customer}: `), text), this.#state(item, last));
    }
    const agent = item.from === "agent" && item.name;
    return h(
      "div",
      { class: `row ${item.from}` },
      agent && h("div", { class: "name", "aria-hidden": "true" }, item.name),
      item.text && h("div", { class: "bubble", lang: item.language }, hidden(`${agent || t.who[item.from] || t.who.system}: `), linked(item.text, t.panel.new_tab)),
      item.data && card(t, item.data),
      last && item.from !== "system" && h("div", { class: "meta" }, h("time", { datetime: item.at }, clock(t, item.at)), rates(item) && rating(t, item, this.act.rate)),
    );
  }

  #state(item, last) {
    const { t } = this;
    if (item.state === "failed" || item.state === "refused") {
      const again = item.state === "failed" && h("button", { type: "button", class: "link", onclick: this.act.retry }, t.state.retry);
      return h("div", { class: "meta wrong" }, t.state[item.state], " ", again);
    }
    if (item.state === "sending") return h("div", { class: "meta" }, t.state.sending);
    return last && h("div", { class: "meta" }, h("time", { datetime: item.at }, clock(t, item.at)), icon("check"), hidden(t.state.sent));
  }
}

const ANSWERS = new Set(["sources", "opening_hours", "coverage", "damage_decision"]);
const rates = (item) => item.from === "bot" && ANSWERS.has(item.data?.kind);

/** A new message as it is read out, once. */
export function spoken(t, message) {
  const who = (message.from === "agent" && message.name) || t.who[message.from] || t.who.system;
  const choices = message.buttons?.length ? ` ${fill(t.say.choices, { count: message.buttons.length })}` : "";
  return fill(t.say.message, { who, text: message.text }) + choices;
}
