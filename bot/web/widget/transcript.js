// The customer's copy of the conversation, as a file.
import { fill, h } from "./dom.js";
import { moment } from "./times.js";

/** The transcript as a text to read, every line in the customer's language. */
export function asText(t, { started_at: started, messages }) {
  const lines = messages.map((message) => {
    const who = message.name || t.who[message.from] || t.who.system;
    const marked = message.from === "customer" ? message.text.replace(/\[(\w+)\]/g, (mark, name) => t.marks[name] ?? mark) : message.text;
    const offered = message.buttons?.length ? `\n    [${message.buttons.join("] [")}]` : "";
    return `${moment(t, message.at)}\n${who}: ${marked}${offered}\n`;
  });
  return [t.transcript.title, fill(t.transcript.started, { moment: moment(t, started) }), "", ...lines].join("\n");
}

/** Hands a file to the customer. */
export function download(root, name, type, text) {
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name, hidden: true });
  root.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
