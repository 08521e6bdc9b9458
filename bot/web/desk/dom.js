// Elements without markup: every text is set as text.

/** An element: h("p", {class: "x", onclick: f}, "text", child, null). */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "value") element.value = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** The text with the names in braces filled in. */
export function fill(text, values) {
  return text.replace(/{(\w+)}/g, (whole, name) => values[name] ?? whole);
}

/** Whole minutes, at least 0. */
export const minutes = (seconds) => String(Math.max(0, Math.round(seconds / 60)));

/** A button. */
export const button = (text, act, attributes = {}) => h("button", { type: "button", onclick: act, ...attributes }, text);
