// Proper fields for what the bot asks for (`data` of kind "ask"); writing it freely works as well.
import { h } from "./dom.js";

const ASKED = {
  birth_date: { inputs: { sv: ["year", "month", "day"], en: ["day", "month", "year"] }, read: birthDate },
  code: { inputs: ["code"], read: ({ code }) => (/^\d{6}$/.test(code.replace(/[\s-]/g, "")) ? code.replace(/[\s-]/g, "") : null) },
  credentials: { inputs: ["email", "serial"], read: ({ email, serial }) => (isEmail(email) && serial ? `${email} ${serial}` : null) },
  email: { inputs: ["email"], read: ({ email }) => (isEmail(email) ? email : null) },
};

const ATTRIBUTES = {
  year: { inputmode: "numeric", autocomplete: "bday-year", maxlength: 4, size: 4 },
  month: { inputmode: "numeric", autocomplete: "bday-month", maxlength: 2, size: 2 },
  day: { inputmode: "numeric", autocomplete: "bday-day", maxlength: 2, size: 2 },
  code: { inputmode: "numeric", autocomplete: "one-time-code", maxlength: 9, size: 8 },
  email: { type: "email", inputmode: "email", autocomplete: "email", maxlength: 200 },
  serial: { autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: 40 },
};

/** A form for one answer, or null for a field that is not known. send(text) */
export function entry(t, language, field, send) {
  if (!Object.hasOwn(ASKED, field)) return null;
  const { inputs, read } = ASKED[field];
  const words = t[field];
  const fields = Object.fromEntries((inputs[language] ?? inputs).map((name) => [name, h("input", { id: `entry-${name}`, class: `in-${name}`, "aria-describedby": "entry-wrong", ...ATTRIBUTES[name] })]));
  const wrong = h("p", { id: "entry-wrong", class: "wrong", role: "alert" });
  const submit = (event) => {
    event.preventDefault();
    const values = Object.fromEntries(Object.entries(fields).map(([name, input]) => [name, input.value.trim()]));
    const text = read(values);
    for (const input of Object.values(fields)) input.setAttribute("aria-invalid", String(!text));
    wrong.textContent = text ? "" : words.wrong;
    if (text) send(text);
    else (Object.values(fields).find((input) => !input.value.trim()) ?? Object.values(fields)[0]).focus();
  };
  return h(
    "form",
    { class: `entry ${field}`, onsubmit: submit, novalidate: true },
    h(
      "fieldset",
      {},
      h("legend", {}, words.legend),
      h("div", { class: "fields" }, Object.entries(fields).map(([name, input]) => h("div", {}, h("label", { for: input.id }, words[name]), input))),
      wrong,
      h("button", { class: "main" }, words.send),
    ),
  );
}

const isEmail = (text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);

function birthDate({ year, month, day }) {
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day)) return null;
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
}
