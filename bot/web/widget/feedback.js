// "Was this helpful?" under an answer, with an optional word.
import { h, hidden, icon } from "./dom.js";

/** rate(message, helpful, comment): sends it, and draws the message again. */
// The field's id is where the panel puts the focus after a thumb was pressed.
export function rating(t, message, rate) {
  const group = h("div", { class: "rating", role: "group", "aria-label": t.feedback.question });
  const thumb = (helpful) =>
    h(
      "button",
      {
        type: "button", class: "thumb", "aria-label": helpful ? t.feedback.helpful : t.feedback.unhelpful,
        "aria-pressed": String(message.helpful === helpful), onclick: () => rate(message, helpful),
      },
      icon(helpful ? "up_thumb" : "down_thumb"),
    );
  group.append(thumb(true), thumb(false));
  if (message.helpful === undefined) return group;
  return h("div", { class: "rated" }, group, message.comment || message.thanked ? h("span", { class: "thanks" }, t.feedback.thanks) : word(t, message, rate));
}

function word(t, message, rate) {
  const input = h("input", { id: `word-${message.id}`, maxlength: 500, autocomplete: "off" });
  return h(
    "form",
    {
      class: "word",
      onsubmit: (event) => {
        event.preventDefault();
        if (input.value.trim()) rate(message, message.helpful, input.value.trim());
      },
    },
    h("label", { for: input.id }, t.feedback.comment),
    h("span", {}, input, h("button", { class: "small" }, icon("send"), hidden(t.feedback.send))),
  );
}
