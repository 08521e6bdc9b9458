// Building elements. Texts are only ever set as text; no string becomes markup anywhere in the widget.

/** h("button", {class: "x", onclick: f, "aria-label": "…"}, child, "text", null) */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const DRAWINGS = {
  close: "M5 5l14 14M19 5L5 19",
  menu: "M12 5v.01M12 12v.01M12 19v.01",
  send: "M4 12h15M13 6l6 6-6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  check: "M5 13l4 4L19 7",
  up_thumb: "M7 11v9H4v-9zM7 11l4-8c2 0 3 1 3 3v4h5c1 0 2 1 1.700 2.200l-1.500 6.300C19 19.500 18 20 17 20H7",
  down_thumb: "M7 13V4H4v9zM7 13l4 8c2 0 3-1 3-3v-4h5c1 0 2-1 1.700-2.200l-1.500-6.300C19 4.500 18 4 17 4H7",
};

/** A line drawing that assistive technology skips. */
export function icon(name) {
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  drawing.setAttribute("class", `icon i-${name}`);
  line.setAttribute("d", DRAWINGS[name]);
  drawing.append(line);
  return drawing;
}

export const hidden = (text) => h("span", { class: "sr" }, text);

/** "{count} left" with {count: 3} */
export const fill = (text, values = {}) => text.replace(/{(\w+)}/g, (whole, name) => String(values[name] ?? whole));

const LINK = /(https?:\/\/[^\s<>"]+)|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(\+\d{1,3}[ \d-]{6,16}\d|\b0\d{1,3}[- ]\d{2,3}(?: ?\d{2,3}){1,3}\b)/gu;
const SAFE = new Set(["http:", "https:", "tel:", "mailto:"]);

/** The text as nodes, with web addresses, e-mail addresses and telephone numbers as links. */
export function linked(text, newTab) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const [, address, email, phone] = match;
    const shown = address ? match[0].replace(/[.,:;!?)\]}'…]+$/, "") : match[0];
    const before = text[match.index - 1] ?? " ";
    const link = /[\w@/.-]/.test(before) && !email ? null : anchor(shown, address ? shown : email ? `mailto:${shown}` : `tel:${shown.replace(/[^\d+]/g, "")}`, newTab);
    if (!link) continue;
    nodes.push(text.slice(from, match.index), link);
    from = match.index + shown.length;
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== "");
}

/** A link, or null where the address is not one that may be followed. */
export function anchor(text, href, newTab) {
  let url;
  try {
    url = new URL(href);
  } catch {
    return null;
  }
  if (!SAFE.has(url.protocol)) return null;
  const web = url.protocol.startsWith("http");
  return h("a", { href: url.href, target: web ? "_blank" : null, rel: web ? "noopener noreferrer" : null }, text, web && newTab ? hidden(` ${newTab}`) : null);
}
