// The field in which the customer writes: grows with the text, keeps the draft, tells how much room is left.
import { fill, h, icon } from "./dom.js";

const LONGEST_TEXT = 1000;
const TALLEST = 140; // pixels

export class Composer {
  /** kept: where the draft lives. writes(): a key was pressed. say(text): it is sent. */
  constructor(kept, writes, say) {
    Object.assign(this, { kept, writes, say });
    this.text = h("textarea", {
      id: "text", rows: 1, maxlength: LONGEST_TEXT, enterkeyhint: "send", "aria-describedby": "left",
      oninput: () => {
        this.#draft();
        writes();
      },
      onkeydown: (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        this.#submit();
      },
    });
    this.left = h("p", { id: "left", class: "left" });
    this.label = h("label", { for: "text", class: "sr" });
    this.send = h("button", { class: "send" }, icon("send"));
    const submit = (event) => {
      event.preventDefault();
      this.#submit();
    };
    this.element = h("form", { class: "composer", onsubmit: submit }, this.label, this.text, this.send, this.left);
  }

  speak(texts) {
    this.texts = texts.composer;
    this.label.textContent = this.texts.label;
    this.text.placeholder = this.texts.hint;
    this.send.setAttribute("aria-label", this.texts.send);
  }

  /** Shows the draft that was kept. */
  fill() {
    this.text.value = this.kept.draft;
    this.#grow();
  }

  #draft() {
    this.kept.keep({ draft: this.text.value });
    this.#grow();
  }

  #grow() {
    const left = LONGEST_TEXT - this.text.value.length;
    this.left.textContent = left <= 100 ? fill(this.texts.left, { count: left }) : "";
    this.text.style.setProperty("height", "auto");
    this.text.style.setProperty("height", `${Math.min(this.text.scrollHeight + 2, TALLEST)}px`);
  }

  #submit() {
    const text = this.text.value.trim();
    if (!text) return;
    this.text.value = "";
    this.#draft();
    this.say(text);
  }
}
