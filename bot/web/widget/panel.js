// The panel: puts the parts together and keeps the customer's place, focus and draft.
import { Answers } from "./answers.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { fill, h, hidden, icon } from "./dom.js";
import { HandoffLine } from "./handoff.js";
import { Kept } from "./kept.js";
import { confirm, menu } from "./menu.js";
import { Messages, spoken } from "./messages.js";
import { chime } from "./sound.js";
import { moment } from "./times.js";
import { asText, download } from "./transcript.js";

const SMALL = "(max-width: 520px), (max-height: 460px)";
const NEAR = 60; // pixels from the end within which the list follows new messages

/** Called once by the launcher. */
export function createPanel(options) {
  return new Panel(options);
}

class Panel {
  #small = matchMedia(SMALL);
  #kept = new Kept();
  #unread = 0;
  #unseen = 0;
  #followed = null; // the language of the bot's last message
  #notice = ""; // what went wrong with something that the customer just tried

  constructor(options) {
    Object.assign(this, options);
    this.root.adoptedStyleSheets = [...this.root.adoptedStyleSheets, this.sheet];
    this.dialog = h("dialog", { class: "panel", "aria-labelledby": "title" });
    this.outside = h("div", { class: "sr", "aria-live": "polite" }); // heard while the panel is closed
    this.root.append(this.dialog, this.outside);
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.close();
    });
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close();
    });
    this.conversation = new Conversation({
      api: this.api,
      kept: this.#kept,
      language: this.language,
      identity: this.identity,
      changed: () => this.#draw(),
      arrived: (message) => this.#arrived(message),
      tell: this.tell,
    });
    this.composer = new Composer(this.#kept, () => this.conversation.writes(), (text) => this.#say(text));
    this.text = this.composer.text;
    this.#build();
    this.composer.fill();
    this.#small.addEventListener("change", () => this.isOpen && this.#show(true));
    document.addEventListener("visibilitychange", () => this.#seen());
    visualViewport?.addEventListener("resize", () => this.#fit());
    visualViewport?.addEventListener("scroll", () => this.#fit());
  }

  get isOpen() {
    return this.dialog.open;
  }

  open() {
    if (this.isOpen) return;
    this.#show();
    this.#kept.keep({ open: true });
    if (matchMedia("(pointer: coarse)").matches) this.title.focus();
    else this.text.focus();
    if (this.conversation.status === "idle") this.conversation.start();
    this.#seen();
    this.#toEnd();
    this.tell("open", {});
  }

  close() {
    if (!this.isOpen) return;
    this.dialog.close();
    this.#kept.keep({ open: false });
    this.launcher.focus();
    this.tell("close", {});
  }

  /** After a reload: as it was, without taking the focus; on a small screen it does not cover the new page. */
  resume() {
    if (this.#kept.open && !this.#small.matches) {
      this.#show();
      this.conversation.start();
      this.tell("open", {});
    } else if (this.#kept.token) this.conversation.start();
  }

  async setTexts(language, texts) {
    Object.assign(this, { language, texts });
    this.conversation.language = language;
    this.#build();
    this.#draw();
  }

  async identify(identity) {
    this.identity = identity;
    await this.conversation.identify(identity);
    if (this.isOpen && this.conversation.status === "idle") this.conversation.start();
  }

  end() {
    this.conversation.end();
  }

  #show(again = false) {
    if (again) this.dialog.close();
    if (this.#small.matches) this.dialog.showModal();
    else this.dialog.setAttribute("open", ""); // show() would move the focus
    this.#fit();
  }

  /** Full screen on phones means: what the on-screen keyboard leaves. */
  #fit() {
    const view = visualViewport;
    if (!view || !this.#small.matches) return this.dialog.removeAttribute("style");
    this.dialog.style.setProperty("height", `${view.height}px`);
    this.dialog.style.setProperty("top", `${view.offsetTop}px`);
  }

  // Building

  #build() {
    const t = this.texts;
    this.messages = new Messages(t, {
      retry: () => {
        this.conversation.retry();
        this.text.focus();
      },
      rate: (message, helpful, comment) => this.#rate(message, helpful, comment),
    });
    this.title = h("h2", { id: "title", tabindex: -1 }, t.panel.title);
    this.subtitle = h("p", { class: "subtitle" }, t.panel.assistant);
    this.answers = new Answers(t, this.language, (text, button) => this.#say(text, button), this.text);
    this.typing = h("div", { class: "row bot typing", hidden: true }, h("div", { class: "bubble" }, hidden(t.panel.typing), h("i"), h("i"), h("i")));
    const notice = h("p", { class: "privacy" }, t.privacy.notice, " ", this.#privacyLink(t.privacy.link));
    this.log = h("div", { class: "log", role: "log", "aria-live": "off", "aria-label": t.panel.log, tabindex: 0 }, notice, this.messages.element, this.typing, this.answers.element);
    this.log.addEventListener("scroll", () => this.#near() && this.#unsee());
    this.jump = h("button", { type: "button", class: "jump", hidden: true, onclick: () => { this.#toEnd(); this.text.focus(); } }, icon("down"), h("span"));
    this.handoff = new HandoffLine(t, (title, button) => this.#say(title, button), (text) => this.isOpen && this.#announce(text));
    this.trouble = h("div", { class: "trouble", role: "status" });
    this.over = h("div", { class: "over", hidden: true });
    this.live = h("div", { class: "sr", "aria-live": "polite" });
    const close = h("button", { type: "button", class: "plain", "aria-label": t.panel.close, onclick: () => this.close() }, icon("close"));
    const head = h("div", { class: "top" }, h("div", {}, this.title, this.subtitle), this.#menu(), close);
    // The composer stays the same element: a customer may be writing in it.
    const writing = this.composer.element;
    for (const old of [...this.dialog.children]) if (old !== writing) old.remove();
    if (!writing.isConnected) this.dialog.append(writing);
    this.composer.speak(t);
    writing.before(head, this.log, this.jump, this.handoff.element, this.trouble);
    writing.after(this.over, this.live);
  }

  #privacyLink(name) {
    return h("a", { href: this.#privacyAddress(), target: "_blank", rel: "noopener noreferrer" }, name, hidden(` ${this.texts.panel.new_tab}`));
  }

  #privacyAddress() {
    const url = new URL(this.privacy, document.baseURI);
    if (!url.protocol.startsWith("http")) return "about:blank";
    url.searchParams.set("language", this.language);
    return url.href;
  }

  #menu() {
    const t = this.texts.menu;
    const kept = this.#kept;
    return menu(this.texts.panel.menu, t.label, [
      { name: t.text, act: () => this.#download("txt") },
      { name: t.json, act: () => this.#download("json") },
      { name: t.sound, checked: () => kept.sound, act: () => { kept.keep({ sound: !kept.sound }); if (kept.sound) chime(); } },
      { name: t.remember, checked: () => kept.remember, act: () => kept.keep({ remember: !kept.remember }) },
      { name: t.privacy, href: this.#privacyAddress() },
      { name: t.end, act: () => this.#ask("end") },
      { name: t.delete, act: () => this.#ask("delete"), danger: true },
    ]);
  }

  // Drawing

  #draw() {
    const { conversation, texts: t } = this;
    const follow = this.#near();
    this.messages.draw(conversation.items);
    const typing = conversation.typing;
    this.typing.hidden = !typing;
    this.answers.draw(conversation.items, conversation.over);
    this.#drawTrouble();
    this.#drawOver();
    const { handoff } = conversation;
    this.handoff.draw(handoff);
    this.subtitle.textContent = handoff?.name ? fill(t.panel.with_agent, handoff) : t.panel.assistant;
    if (follow) this.#toEnd();
    this.#followLanguage();
  }

  #drawTrouble() {
    const { trouble } = this.conversation;
    const general = trouble ? fill(this.texts.trouble[trouble.kind], { ...this.texts.support, ...trouble }) : "";
    const text = this.#notice || general;
    const again = trouble?.kind === "chat" && this.conversation.own.some(({ state }) => state === "failed");
    if (this.trouble.dataset.said === text + again) return;
    this.trouble.dataset.said = text + again;
    this.trouble.replaceChildren(text && h("p", {}, text), again ? h("button", { type: "button", class: "link", onclick: () => this.conversation.retry() }, this.texts.trouble.retry) : "");
  }

  #drawOver() {
    const { conversation, texts: t } = this;
    const { status, deletedAt } = conversation;
    this.composer.element.hidden = conversation.over;
    this.over.hidden = !conversation.over;
    const now = conversation.over ? `${status} ${deletedAt}` : "";
    if (this.over.dataset.status === now) return;
    this.over.dataset.status = now;
    if (!now) return;
    const text = status === "deleted" && deletedAt ? fill(t.over.deleted_at, { moment: moment(t, deletedAt) }) : t.over[status];
    const start = h("button", { type: "button", class: "main", onclick: () => this.#again() }, t.over.start);
    const copy = status === "ended" && [
      h("button", { type: "button", class: "second", onclick: () => this.#download("txt") }, t.menu.text),
      h("button", { type: "button", class: "second", onclick: () => this.#ask("delete") }, t.menu.delete),
    ];
    const lost = this.composer.element.contains(this.root.activeElement);
    this.over.replaceChildren(h("p", {}, text), h("div", { class: "buttons" }, ...[start, copy || []].flat()));
    this.#announce(text);
    if (lost || this.root.activeElement === null) start.focus({ preventScroll: true });
  }

  #again() {
    this.composer.fill();
    this.conversation.again();
    this.composer.element.hidden = false;
    this.text.focus();
  }

  // What the customer does

  #say(text, button) {
    this.#note("");
    this.conversation.say(text, button);
    if (button) this.#announce(fill(this.texts.say.chosen, { title: text }));
    this.text.focus({ preventScroll: true });
    this.#toEnd();
  }

  async #rate(message, helpful, comment) {
    this.#note("");
    if (comment) message.thanked = true;
    try {
      await this.conversation.rate(message, helpful, comment);
      this.#announce(this.texts.feedback.thanks);
      (this.root.getElementById(`word-${message.id}`) ?? this.text).focus();
    } catch {
      message.thanked = false;
      this.#note(this.texts.trouble.feedback);
    }
  }

  async #ask(what) {
    const danger = what === "delete";
    this.#note("");
    if (!(await confirm(this.dialog, this.texts[what], danger))) return;
    if (!danger) return this.conversation.end();
    try {
      await this.conversation.erase();
    } catch {
      this.#note(this.texts.trouble.delete);
    }
  }

  async #download(kind) {
    const t = this.texts;
    this.#note("");
    try {
      const copy = await this.conversation.transcript();
      if (kind === "txt") download(this.root, `${t.transcript.file}.txt`, "text/plain", asText(t, copy));
      else download(this.root, `${t.transcript.file}.json`, "application/json", `${JSON.stringify(copy, null, 2)}\n`);
      this.#announce(t.transcript.saved);
    } catch {
      this.#note(t.trouble.download);
    }
  }

  // What comes in

  #arrived(message) {
    const away = !this.isOpen || document.hidden;
    if (away) this.#count(this.#unread + 1);
    if (this.isOpen) this.#announce(spoken(this.texts, message));
    else this.#speak(this.outside, this.texts.say.arrived);
    if (this.isOpen && !this.#near()) {
      this.#unseen += 1;
      this.jump.hidden = false;
      this.jump.lastChild.textContent = `${this.texts.panel.new_messages} (${this.#unseen})`;
    }
    if (this.#kept.sound && away) chime();
    this.tell("message", { id: message.id, from: message.from });
  }

  /** The widget speaks the language that the bot has come to speak. */
  async #followLanguage() {
    const spoken = this.conversation.items.findLast?.(({ from, language }) => from === "bot" && language)?.language;
    if (!spoken || spoken === this.#followed) return;
    this.#followed = spoken;
    if (spoken === this.language) return;
    try {
      await this.setTexts(spoken, await this.fetchTexts(spoken));
      this.tell("language", { language: spoken });
    } catch {} // offline: the labels stay in the language that they are in
  }

  #count(unread) {
    this.#unread = unread;
    const plain = document.title.replace(/^\(\d+\) /, "");
    document.title = unread ? `(${unread}) ${plain}` : plain;
    this.tell("unread", { count: unread });
  }

  #seen() {
    if (this.isOpen && !document.hidden && this.#unread) this.#count(0);
  }

  #unsee() {
    this.#unseen = 0;
    this.jump.hidden = true;
  }

  /** Read out once. */
  #announce(text) {
    this.#speak(this.live, text);
  }

  /** Shown, and read out as a status, until the customer does the next thing. */
  #note(text) {
    this.#notice = text;
    this.#drawTrouble();
  }

  #speak(region, text) {
    const line = h("p", {}, text);
    region.append(line);
    setTimeout(() => line.remove(), 4000);
  }

  /** What scrolls: the log, or the whole panel where there is hardly any room (400 % zoom). */
  get #scroller() {
    return getComputedStyle(this.dialog).overflowY === "auto" ? this.dialog : this.log;
  }

  #near() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  #toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#unsee();
  }
}
