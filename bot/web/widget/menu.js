// The menu in the head of the panel, and the questions before something that cannot be undone.
import { h, icon } from "./dom.js";

/** A button with a menu. entries: [{name, act, checked: undefined | () => boolean, danger}] */
export function menu(label, name, entries) {
  const button = h("button", { type: "button", class: "plain", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": label }, icon("menu"));
  const items = entries.map(({ name, act, checked, danger, href }) =>
    h(
      href ? "a" : "button",
      {
        type: href ? null : "button", href, target: href && "_blank", rel: href && "noopener", role: checked ? "menuitemcheckbox" : "menuitem",
        tabindex: -1, class: danger ? "danger" : null,
        onclick: () => {
          show(false, true);
          act?.();
        },
      },
      h("span", {}, name),
      checked && icon("check"),
    ),
  );
  const list = h("div", { role: "menu", class: "menu", "aria-label": name, hidden: true }, items);

  function show(open, focus) {
    list.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    entries.forEach(({ checked }, index) => checked && items[index].setAttribute("aria-checked", String(checked())));
    if (open && focus) items[0].focus();
    if (!open && focus) button.focus();
  }

  button.addEventListener("click", () => show(list.hidden, true));
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    show(true, true);
  });
  list.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      event.preventDefault();
      show(false, true);
    } else step(event, items);
  });
  const box = h("div", { class: "menubox" }, button, list);
  box.addEventListener("focusout", (event) => {
    if (!box.contains(event.relatedTarget)) show(false, false);
  });
  return box;
}

/** Arrow keys, Home and End move the focus among elements. */
export function step(event, items) {
  const at = items.indexOf(event.target.closest("button, a"));
  const to = {
    ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: items.length - 1,
  }[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  items.at(to % items.length).focus();
}

/** Asks; resolves to whether the answer is yes. The focus goes back to where it was. */
export function confirm(parent, words, danger) {
  return new Promise((resolve) => {
    const before = parent.getRootNode().activeElement;
    const answer = (yes) => () => {
      box.close();
      box.remove();
      before?.focus();
      resolve(yes);
    };
    const box = h(
      "dialog",
      { class: "question", "aria-labelledby": "question", "aria-describedby": "question-text" },
      h("h3", { id: "question" }, words.title),
      h("p", { id: "question-text" }, words.text),
      h("div", { class: "buttons" }, h("button", { type: "button", class: "second", onclick: answer(false) }, words.no), h("button", { type: "button", class: danger ? "main danger" : "main", onclick: answer(true) }, words.yes)),
    );
    box.addEventListener("keydown", (event) => event.key === "Escape" && event.stopPropagation());
    box.addEventListener("cancel", (event) => {
      event.preventDefault();
      event.stopPropagation();
      answer(false)();
    });
    parent.append(box);
    box.showModal();
  });
}
