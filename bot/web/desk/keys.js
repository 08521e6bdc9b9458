// The keyboard: Alt and a letter, wherever the focus is; and the overlay that lists the keys.
import { button, h } from "./dom.js";

const KEYS = { KeyN: "next", KeyQ: "list", KeyS: "search", KeyW: "write", KeyP: "phrases", KeyI: "note", KeyC: "close" };
const writes = (element) => element?.matches?.("input:not([type=checkbox]), textarea, select");

/** does: {next, list, search, write, phrases, note, close, help}, each a function or missing. */
export function keys(does) {
  document.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.metaKey;
    const wish = event.altKey && plain ? KEYS[event.code] : event.key === "?" && plain && !writes(event.target) ? "help" : null;
    if (!wish || !does[wish]) return;
    event.preventDefault();
    does[wish]();
  });
}

/** The arrow keys move among the conversations of the lists. */
export function arrows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const cards = [...event.currentTarget.querySelectorAll("[data-reference]")];
  const at = cards.indexOf(document.activeElement);
  if (!step || at < 0) return;
  event.preventDefault();
  cards[(at + step + cards.length) % cards.length].focus();
}

/** Opens the list of keys; Escape or its button closes it, and the focus goes back. */
export function help(t) {
  const before = document.activeElement;
  const names = ["next", "list", "search", "write", "phrases", "note", "close", "send", "arrows", "help"];
  const rows = names.map((name) => t.page[`shortcut_${name}`].split(": ")).map(([key, what]) => h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, what)));
  const box = h("dialog", { id: "help", "aria-labelledby": "help-title" }, h("h2", { id: "help-title" }, t.page.shortcuts), h("dl", {}, rows), button(t.page.help_close, () => box.close(), { class: "main" }));
  box.addEventListener("close", () => {
    box.remove();
    before?.focus();
  });
  document.body.append(box);
  box.showModal();
}
