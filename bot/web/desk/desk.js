// The desk: signs in, keeps the lists and the open conversation up to date, and knows the keys.
import * as api from "./api.js";
import { lists } from "./board.js";
import { Conversation } from "./conversation.js";
import { button, fill, h } from "./dom.js";
import { arrows, help, keys } from "./keys.js";
import { notice, switches } from "./notices.js";

const LANGUAGE = "desk-language";
const byId = (id) => document.getElementById(id);

class Desk {
  #stop = () => {};
  #taken = new Set(); // whom this page has taken itself
  #known = null; // who waited, and which of my customers had no answer, when the board was read last
  #refreshing = false;
  #again = false;

  constructor(texts) {
    this.texts = texts;
    this.language = localStorage.getItem(LANGUAGE) ?? (navigator.language.startsWith("sv") ? "sv" : "en");
    this.board = this.me = this.current = this.found = null;
    this.drafts = new Map(); // reference -> what is written and not sent
    this.side = h("nav", { id: "lists", tabindex: -1, onkeydown: arrows });
    this.place = h("section", { id: "place" });
    this.#keys();
    document.addEventListener("desk-reconnect", () => this.me && this.#listen());
  }

  get t() {
    return this.texts[this.language];
  }

  /** Begins: the sign-in, or the desk. */
  async start() {
    this.me = await api.me();
    this.#frame();
    if (this.me) this.#listen();
  }

  #frame() {
    const { t } = this;
    document.documentElement.lang = this.language;
    document.title = t.page.title;
    const choose = h("select", { id: "language", "aria-label": t.page.language, onchange: () => this.#speak(choose.value) }, h("option", { value: "sv", lang: "sv" }, "Svenska"), h("option", { value: "en", lang: "en" }, "English"));
    choose.value = this.language;
    this.opened = h("span", { class: "calm" });
    const say = (text) => (byId("news").textContent = text);
    const own = this.me && [switches(t, say), h("span", {}, this.me.first_name), button(t.page.shortcuts, () => help(t), { id: "keys", "aria-keyshortcuts": "?" }), button(t.page.sign_out, () => this.#leave(), { id: "sign-out" })];
    byId("top").replaceChildren(h("h1", {}, t.page.title), this.opened, ...[choose, ...(own || [])].filter(Boolean));
    this.side.setAttribute("aria-label", t.page.waiting);
    if (!this.me) return byId("main").replaceChildren(this.#signIn());
    byId("main").replaceChildren(this.side, this.place);
    if (!this.current) this.place.replaceChildren(h("p", { class: "calm" }, t.page.choose));
    if (this.board) this.#lists();
  }

  #signIn() {
    const { t } = this;
    const name = h("input", { id: "name", autocomplete: "username", required: true, maxlength: 64 });
    const password = h("input", { id: "password", type: "password", autocomplete: "current-password", required: true, maxlength: 128 });
    const trouble = h("p", { role: "alert" });
    const submit = async (event) => {
      event.preventDefault();
      try {
        this.me = await api.signIn(name.value, password.value);
        this.#frame();
        this.#listen();
        byId("news").textContent = "";
      } catch (error) {
        trouble.textContent = error.message;
        password.value = "";
        password.focus();
      }
    };
    return h("form", { class: "sign-in", onsubmit: submit }, h("h2", {}, t.page.sign_in), h("label", { for: "name" }, t.page.name), name, h("label", { for: "password" }, t.page.password), password, h("button", { class: "main" }, t.page.sign_in), trouble);
  }

  #speak(language) {
    this.language = language;
    localStorage.setItem(LANGUAGE, language);
    const open = this.current?.reference;
    this.current = null;
    this.#frame();
    if (open) this.open(open);
  }

  async #leave() {
    await api.signOut().catch(() => {});
    this.#ended("");
  }

  #ended(news) {
    this.#stop();
    this.me = this.board = this.current = this.found = this.#known = null;
    this.drafts.clear();
    this.place.replaceChildren();
    this.#frame();
    byId("news").textContent = news;
  }

  #listen() {
    this.#stop();
    const trouble = (is) => (byId("news").textContent = is ? this.t.page.offline : "");
    const typing = (reference, is) => this.current?.reference === reference && this.current.types(is);
    this.#stop = api.listen({ changed: () => this.refresh(), typing, ended: () => this.#ended(this.t.page.signed_out), trouble });
  }

  /** Reads what has changed; many changes at once are read once. */
  async refresh() {
    this.#again = true;
    if (this.#refreshing) return;
    this.#refreshing = true;
    try {
      while (this.#again && this.me) {
        this.#again = false;
        this.board = await api.board();
        this.#lists();
        this.#notice();
        if (this.current) await this.#read(this.current.reference);
      }
    } catch (error) {
      if (error.status === 401) this.#ended(this.t.page.signed_out);
    } finally {
      this.#refreshing = false;
    }
  }

  #lists() {
    const { t, board } = this;
    const focused = this.side.contains(document.activeElement) ? document.activeElement : null;
    const words = focused?.id === "words" ? focused.value : null;
    const shown = lists(t, board, this.current?.reference, { open: (reference) => this.open(reference), take: (reference) => this.take(reference), find: (sought) => this.#find(sought), found: this.found });
    this.side.replaceChildren(...shown);
    if (words !== null) byId("words").value = words;
    if (focused) (byId(focused.id || "-") ?? this.side.querySelector(`[data-reference="${CSS.escape(focused.dataset.reference ?? "")}"]`) ?? this.side).focus();
    this.opened.textContent = board.open ? t.page.open : t.page.closed;
    const waiting = board.handoffs.filter(({ state }) => state === "queued").length;
    document.title = waiting ? `(${waiting}) ${t.page.title}` : t.page.title;
  }

  #notice() {
    const { t, board } = this;
    const mine = ({ owner, unanswered }) => unanswered && owner === this.me.name;
    const waiting = board.handoffs.filter(({ state }) => state === "queued");
    const writing = board.handoffs.filter(mine);
    const owned = board.handoffs.filter(({ owner }) => owner === this.me.name);
    const known = this.#known;
    const named = (kind) => ({ reference }) => `${kind} ${reference}`;
    this.#known = new Set([...waiting.map(named("waits")), ...writing.map(named("writes")), ...owned.map(named("mine"))]);
    if (!known) return;
    const fresh = (cards, kind) => cards.find((card) => !known.has(named(kind)(card)));
    const newcomer = fresh(waiting, "waits");
    const writer = fresh(writing, "writes");
    const handed = fresh(owned.filter(({ reference }) => !this.#taken.has(reference)), "mine");
    if (handed && this.current?.reference !== handed.reference) {
      const news = fill(t.page.new_mine, { question: handed.first_question ?? handed.reference });
      byId("news").textContent = news;
      notice(t.page.title, news, handed.reference);
    }
    if (newcomer) {
      const news = fill(t.page.new_one, { question: newcomer.first_question ?? t.reasons[newcomer.reason] ?? "" });
      byId("news").textContent = news;
      notice(t.page.title, news, newcomer.reference);
    }
    if (writer && (document.hidden || this.current?.reference !== writer.reference)) {
      const news = fill(t.page.new_words, { question: writer.first_question ?? writer.reference });
      byId("news").textContent = news;
      notice(t.page.title, news, writer.reference);
    }
  }

  /** Shows a conversation; the focus goes to its heading. */
  async open(reference) {
    this.current = null;
    if (await this.#read(reference)) this.current?.heading.focus();
  }

  async #read(reference) {
    try {
      const details = await api.handoff(reference);
      if (this.current?.reference === reference) this.current.show(details);
      else {
        this.current = new Conversation(this, details);
        document.body.classList.add("reading");
        this.place.replaceChildren(this.current.element);
        this.current.log.scrollTop = this.current.log.scrollHeight;
        this.#lists();
      }
      return true;
    } catch (error) {
      if (error.status === 401) throw error;
      this.close();
      byId("news").textContent = this.t.page.gone;
      return false;
    }
  }

  async take(reference) {
    this.#taken.add(reference);
    await this.act(reference, "take").catch((error) => (byId("news").textContent = error.status === 409 ? this.t.page.not_yours : error.message));
    await this.open(reference);
    this.current?.text.focus();
  }

  act(reference, what, body) {
    return api.act(reference, what, body);
  }

  async #find(words) {
    this.found = words.trim() ? { words, handoffs: (await api.search(words)).handoffs } : null;
    this.#lists();
  }

  /** Back to the list, on a small screen. */
  close() {
    this.current = null;
    document.body.classList.remove("reading");
    this.place.replaceChildren(h("p", { class: "calm" }, this.t.page.choose));
    if (this.board) this.#lists();
    this.side.focus();
  }

  #keys() {
    const signedIn = (does) => () => this.me && does();
    const reading = (does) => () => this.me && this.current && does(this.current);
    keys({
      next: signedIn(() => byId("next")?.click()),
      list: signedIn(() => this.close()),
      search: signedIn(() => this.#search()),
      write: reading(({ text }) => text.focus()),
      phrases: reading((current) => current.mine && current.opensPhrases()),
      note: reading(() => byId("note").focus()),
      close: reading(() => byId("why")?.focus()),
      help: signedIn(() => byId("help") || help(this.t)),
    });
  }

  /** On a small screen the search is on the page with the lists. */
  #search() {
    if (byId("words").checkVisibility()) return byId("words").focus();
    this.close();
    byId("words").focus();
  }
}

new Desk(await api.texts()).start();
