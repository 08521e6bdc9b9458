// The quick replies and fields that belong to what was said last.
import { h } from "./dom.js";
import { entry } from "./entry.js";
import { step } from "./menu.js";

export class Answers {
  #drawn = "";

  /** say(text, button): what the customer chooses. text: the field that gets the focus when a choice has gone. */
  constructor(texts, language, say, text) {
    Object.assign(this, { texts, language, say, text });
    this.element = h("div", { class: "answers" });
  }

  /** Anew only where something else is offered, so that nobody loses what they are writing in a field. */
  draw(items, over) {
    const turn = items.slice(items.findLastIndex(({ from }) => from === "customer") + 1);
    const buttons = [...new Map(turn.flatMap(({ buttons = [] }) => buttons).map((button) => [button.title, button])).values()];
    const field = turn.findLast(({ data }) => data?.kind === "ask")?.data.field ?? null;
    const now = over ? "" : JSON.stringify([buttons.map(({ id }) => id), field]);
    if (now === this.#drawn) return;
    this.#drawn = now;
    const focused = this.element.contains(this.element.getRootNode().activeElement);
    const form = now && field && entry(this.texts, this.language, field, this.say);
    const group = now && buttons.length && this.#quickReplies(buttons);
    this.element.replaceChildren(...[form, group].filter(Boolean));
    if (focused) (this.element.querySelector("button, input") ?? this.text).focus();
  }

  #quickReplies(buttons) {
    const choices = buttons.map((button, index) => {
      return h("button", { type: "button", class: "choice", tabindex: index ? -1 : 0, onclick: () => this.say(button.title, button) }, button.title);
    });
    const group = h("div", { class: "choices", role: "group", "aria-label": this.texts.choices.label }, choices);
    group.addEventListener("keydown", (event) => step(event, choices));
    group.addEventListener("focusin", (event) => choices.forEach((choice) => (choice.tabIndex = choice === event.target ? 0 : -1)));
    return group;
  }
}
