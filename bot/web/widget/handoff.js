// The line above the composer while people have the conversation: the place in the queue, or who answers.
import { fill, h } from "./dom.js";

/** What the line says: [the place, the wait] or [who answers]. handoff: the event `handoff` of the API. */
function words(texts, { state, name, position, minutes, staffed }) {
  const t = texts.handoff;
  if (state === "assigned") return [fill(texts.panel.with_agent, { name })];
  const wait = !staffed ? t.unstaffed : minutes ? fill(t.wait, { minutes }) : t.no_estimate;
  return [position === 1 ? t.next : fill(t.place, { position }), wait];
}

export class HandoffLine {
  #said = "";
  #position = 1;

  /** say(title, button): presses the button. announce(text): read out once. */
  constructor(texts, say, announce) {
    Object.assign(this, { texts, say, announce });
    this.element = h("div", { class: "handoff", role: "group", "aria-label": texts.handoff.title, hidden: true });
  }

  /** Quietly: only a new place is read out, and the first one is told by a message of the bot. */
  draw(handoff) {
    const said = JSON.stringify(handoff);
    if (said === this.#said) return;
    this.#said = said;
    this.element.hidden = !handoff;
    if (!handoff) return this.element.replaceChildren();
    const [first, wait] = words(this.texts, handoff);
    const before = this.#position;
    this.#position = handoff.position ?? 1;
    if (this.#position > 1 && this.#position < before) this.announce(first);
    const { button, state } = handoff;
    const title = this.texts.handoff[state === "assigned" ? "leave" : "cancel"];
    const focused = this.element.contains(this.element.getRootNode().activeElement);
    const back = h("button", { type: "button", class: "link", onclick: () => this.say(title, button) }, title);
    this.element.replaceChildren(h("p", {}, first, wait && ` ${wait}`), back);
    if (focused) back.focus();
  }
}
