// One conversation: what is known, what was said, and what the agent can do with it.
import { nameOf } from "./board.js";
import { button, fill, h } from "./dom.js";
import { facts, nextStep } from "./facts.js";

const TYPING = 8000; // milliseconds after which nobody writes any more, unless told again
const OF_CUSTOMER = ["cancelled", "left", "returned"]; // outcomes that nobody chooses

/** The parts of the page for a hand-off. They stay while it changes, so that nothing typed is lost. */
export class Conversation {
  #typing = 0;
  #turn = null;
  #pause = null;
  #writing = 0;

  constructor(page, details) {
    this.page = page;
    this.reference = details.reference;
    this.heading = h("h2", { tabindex: -1 });
    this.facts = h("div", { class: "facts" });
    this.personal = h("div", { class: "personal" });
    this.typing = h("p", { class: "calm typing", hidden: true }, this.t.page.customer_types);
    this.said = h("ol");
    this.log = h("div", { class: "log", role: "log", tabindex: 0 }, this.said);
    this.notes = h("ul", { class: "notes" });
    this.actions = h("div", { class: "actions" });
    this.state = h("p", { role: "status", class: "calm" });
    this.writing = this.#form(details);
    this.next = h("div", { class: "next" });
    const talk = h("div", {}, this.next, this.log, this.typing, this.state, this.writing);
    this.revealing = h("div", { class: "pair" });
    const known = h("div", {}, this.facts, this.revealing, this.personal, this.#noteForm());
    this.element = h("article", {}, button(this.t.page.back, () => page.close(), { class: "back" }), this.heading, this.actions, h("div", { class: "sides" }, talk, known));
    this.show(details);
  }

  get t() {
    return this.page.t;
  }

  get mine() {
    return this.details.state === "assigned" && this.details.owner === this.page.me.name;
  }

  /** Draws what may have changed. */
  show(details) {
    const before = this.details;
    this.details = details;
    const { t } = this;
    const title = t.topics[details.topic] ?? t.reasons[details.reason] ?? details.reason;
    this.heading.replaceChildren(`${title} · ${details.reference}`);
    this.next.replaceChildren(...nextStep(t, details));
    this.facts.replaceChildren(...facts(t, this.page.language, details));
    this.#log(before);
    this.notes.replaceChildren(...details.notes.map((note) => this.#note(note)));
    const shape = ({ state, owner, free }) => [state, owner, free].join();
    if (!before || shape(details) !== shape(before)) {
      this.actions.replaceChildren(...this.#actions());
      const reveal = [button(t.page.reveal, () => this.#reveal(), { id: "reveal" }), h("span", { class: "calm" }, t.page.reveal_note)];
      this.revealing.replaceChildren(...(this.mine ? reveal : []));
    }
    this.writing.hidden = !this.mine;
    if (!this.mine) this.personal.replaceChildren();
  }

  #log(before) {
    const { t, details } = this;
    this.log.setAttribute("aria-label", t.page.transcript);
    if (!details.messages) return this.said.replaceChildren(h("li", {}, t.page.no_transcript));
    const known = before?.messages ?? [];
    const rated = (messages) => messages.map(({ helpful, comment }) => [helpful, comment]);
    const fresh = details.messages.slice(known.length);
    if (fresh.some(({ from }) => from === "customer")) this.types(false);
    const changed = JSON.stringify(rated(known)) !== JSON.stringify(rated(details.messages.slice(0, known.length)));
    if (!before || changed || known.length > details.messages.length) this.said.replaceChildren();
    const atEnd = this.log.scrollTop + this.log.clientHeight >= this.log.scrollHeight - 40;
    this.said.append(...details.messages.slice(this.said.childElementCount).map((message) => this.#message(message)));
    if (atEnd || !before) this.log.scrollTop = this.log.scrollHeight;
  }

  #message(message) {
    const { t } = this;
    const who = message.name ?? t.page[message.from] ?? message.from;
    const at = new Date(message.at).toLocaleTimeString(this.page.language === "en" ? "en-GB" : "sv-SE", { hour: "2-digit", minute: "2-digit" });
    const offered = message.buttons.length ? h("span", { class: "calm" }, fill(t.page.buttons, { titles: message.buttons.join(" · ") })) : null;
    const thumb = message.helpful === undefined ? null : h("span", { class: "calm" }, message.helpful ? t.page.helped : t.page.unhelpful, message.comment && `: ${message.comment}`);
    return h("li", { class: message.from }, h("span", { class: "who" }, `${who} ${at}`), h("span", { class: "said", lang: message.language ?? this.details.language }, message.text), offered, thumb);
  }

  #note({ kind, author, text }) {
    const { t, page } = this;
    const words = text ?? t.page.note_unreadable; // null: sealed with another key
    const said = { assigned: fill(t.page.note_assigned, { name: nameOf(page.board, text) }), shown: t.page.note_shown, lost: t.page.note_lost, answer: `${t.page.note_answer}: ${words}` }[kind] ?? words;
    return h("li", {}, kind !== "lost" && h("strong", {}, `${nameOf(page.board, author)}: `), said);
  }

  #actions() {
    const { t, details, page } = this;
    const take = () => button(t.page.take, () => this.#do("take"), { class: "main", id: "take" });
    if (details.state === "queued") return [take()];
    if (!this.mine) return [details.free && take(), h("p", {}, details.outcome ? t.outcomes[details.outcome] ?? details.outcome : fill(t.page.owner, { name: nameOf(page.board, details.owner ?? "") }))].filter(Boolean);
    const colleagues = page.board.agents.filter((agent) => !agent.me);
    const to = h("select", { id: "to" }, colleagues.map((agent) => h("option", { value: agent.name }, agent.here ? `${agent.first_name} (${t.page.here})` : agent.first_name)));
    const why = h("select", { id: "why" }, Object.entries(t.outcomes).filter(([key]) => !OF_CUSTOMER.includes(key)).map(([key, text]) => h("option", { value: key }, text)));
    return [
      details.reply_by === "chat" && button(t.page.return, () => this.#do("return"), { id: "return" }),
      h("span", { class: "pair" }, h("label", { for: "why" }, t.page.close_why), why, button(t.page.close, () => this.#do("close", { reason: why.value }), { id: "close" })),
      colleagues.length > 0 && h("span", { class: "pair" }, h("label", { for: "to" }, t.page.assign), to, button(t.page.assign_go, () => this.#do("assign", { to: to.value }), { id: "assign" })),
    ].filter(Boolean);
  }

  #form(details) {
    const { t } = this;
    this.text = h("textarea", { id: "answer", rows: 3, maxlength: 4000, oninput: () => this.#types() });
    this.text.value = this.page.drafts.get(this.reference) ?? "";
    const phrases = this.phrases = h("details", {}, h("summary", {}, t.page.phrases), h("div", { class: "phrases" }));
    phrases.addEventListener("toggle", () => phrases.open && !phrases.querySelector("button") && this.#phrases());
    const submit = (event) => {
      event.preventDefault();
      this.send();
    };
    const keys = (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && submit(event);
    this.text.addEventListener("keydown", keys);
    return h("form", { onsubmit: submit, class: "write" }, h("label", { for: "answer" }, details.reply_by === "mail" ? t.page.write_mail : t.page.write), this.text, h("button", { class: "main", id: "send" }, t.page.send), phrases);
  }

  #noteForm() {
    const { t } = this;
    const text = h("input", { id: "note", maxlength: 4000, autocomplete: "off" });
    const submit = async (event) => {
      event.preventDefault();
      if (text.value.trim() && (await this.#do("note", { text: text.value }))) text.value = "";
    };
    return h("section", { class: "internal" }, h("h3", {}, t.page.notes), this.notes, h("form", { onsubmit: submit }, h("label", { for: "note" }, t.page.note), text, h("button", { id: "add-note" }, t.page.note_add)));
  }

  /** The customer begins to write, or stops. */
  types(is) {
    clearTimeout(this.#writing);
    this.typing.hidden = !is;
    if (is) this.#writing = setTimeout(() => this.types(false), TYPING);
  }

  /** The ready-made phrases, with the focus on the first. */
  opensPhrases() {
    this.phrases.open = true;
    this.#phrases();
    this.phrases.querySelector("button")?.focus();
  }

  #phrases() {
    const { language } = this.details; // the customer's
    const words = Object.values(this.page.texts[language].phrases);
    this.phrases.lastElementChild.replaceChildren(...words.map((phrase) => button(phrase, () => this.#insert(phrase), { lang: language })));
  }

  /** Sends what is written; sent again after a failure, it is said once. */
  async send() {
    const { t } = this;
    const text = this.text.value.trim();
    if (!text) return;
    if (this.#turn?.text !== text) this.#turn = { id: crypto.randomUUID?.() ?? String(Math.random()).slice(2), text };
    this.state.textContent = t.page.sending;
    try {
      await this.page.act(this.reference, "answer", this.#turn);
      if (this.text.value.trim() === text) this.text.value = "";
      this.page.drafts.set(this.reference, this.text.value);
      this.#turn = null;
      this.#typing = 0;
      clearTimeout(this.#pause);
      this.state.textContent = t.page.sent;
    } catch (error) {
      this.#fail(error);
    }
  }

  #insert(phrase) {
    this.text.value = this.text.value ? `${this.text.value} ${phrase}` : phrase;
    this.text.focus();
    this.#types();
  }

  #types() {
    this.page.drafts.set(this.reference, this.text.value);
    if (this.details.reply_by !== "chat") return;
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#tellTyping("no"), 5000);
    if (Date.now() - this.#typing > 4000) this.#tellTyping("yes");
  }

  #tellTyping(typing) {
    clearTimeout(typing === "no" ? this.#pause : null);
    this.#typing = typing === "yes" ? Date.now() : 0;
    this.page.act(this.reference, "typing", { typing }).catch(() => {});
  }

  async #do(what, body = {}) {
    this.state.textContent = "";
    try {
      this.show(await this.page.act(this.reference, what, body));
      if (what === "take") this.text.focus();
      return true;
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  async #reveal() {
    const { t } = this;
    try {
      const shown = await this.page.act(this.reference, "reveal");
      const rows = Object.entries(shown).map(([key, value]) => [t.page[key] ?? key, Array.isArray(value) ? value.join("\n") : value]);
      const known = rows.filter(([, value]) => value);
      this.personal.replaceChildren(h("h3", {}, t.page.personal), known.length ? h("dl", {}, known.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))) : h("p", {}, t.page.nothing_personal));
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error) {
    const { t } = this;
    this.state.textContent = { 404: t.page.gone, 409: t.page.not_yours, 410: t.page.no_address }[error.status] ?? t.page.not_sent;
    this.page.refresh();
  }
}
