// One conversation without a single pixel: session, messages, what is on its way out, the stream and the other tabs.
import { Api, Trouble } from "./api.js";
import { subject } from "./subject.js";
import { alone, Tabs } from "./tabs.js";
import { delay, end, pause, TRIES, why } from "./trying.js";
import { Typing } from "./typing.js";

/**
 * items: what is to be shown, in order. A message of the API as it is ({id, from, text, buttons, data, at …}), or the
 * customer's own: {from: "customer", key, text, at, state: "sending" | "sent" | "failed" | "refused"}.
 * status: "idle", "starting", "live", or why it is over: "expired", "deleted", "ended".
 * trouble: null, or {kind, …} while something is in the way.
 */
export class Conversation {
  items = [];
  status = "idle";
  trouble = null;
  typing = null;
  handoff = null; // where it stands with people, as the stream tells it; null: the bot has the conversation
  #cursor = null; // id of the last message that the stream brought
  #life = new AbortController();
  #starting = null;
  #sending = false;

  /** changed(): draw again. arrived(message): a new message came, not one of the history. */
  constructor({ api, kept, language, identity, changed, arrived, tell }) {
    this.api = new Api(api);
    Object.assign(this, { kept, language, identity, changed, arrived, tell });
    this.writing = new Typing(this.api);
    this.tabs = new Tabs((kind, value) => this.#fromTab(kind, value), () => (this.status === "live" ? this.#session() : null));
    addEventListener("online", () => this.#online());
    addEventListener("offline", () => this.#hinder({ kind: "offline" }));
  }

  get over() {
    return ["expired", "deleted", "ended"].includes(this.status);
  }

  get own() {
    return this.items.filter((item) => item.key);
  }

  /** Goes on with the conversation of this browser tab, or of another one, or begins a new one. */
  start() {
    this.#starting ??= this.#start().finally(() => (this.#starting = null));
    return this.#starting;
  }

  async #start() {
    this.status = "starting";
    this.changed();
    for (let tries = 0; this.status === "starting"; tries += 1) {
      try {
        if (this.kept.token) await this.#restore();
        else await alone("start", () => this.#find());
      } catch (error) {
        if (!(error instanceof Trouble)) throw error;
        if (error.over) return this.#end(error.status === 410 ? "deleted" : "expired");
        const wait = error.wait || delay(tries);
        this.#hinder(why(error, wait));
        await pause(wait, this.#life.signal);
      }
    }
  }

  async #find() {
    const elsewhere = await this.tabs.ask();
    if (elsewhere) {
      this.kept.keep(elsewhere);
      return this.#restore();
    }
    const session = await this.#begin();
    this.kept.keep({ token: session.token, sub: this.sub });
    this.api.token = session.token;
    this.status = "live";
    this.trouble = this.refused ? { kind: "identity" } : null;
    this.items = [...session.messages, ...this.own]; // what was written meanwhile comes after the welcome
    this.tabs.say("session", this.#session());
    this.tell("start", {});
    this.#live();
  }

  async #begin() {
    const identity = await this.#identity();
    this.sub = identity ? subject(identity) : null;
    this.refused = false;
    this.api.token = null;
    try {
      return await this.api.call("POST", "/sessions", { language: this.language, ...(identity && { identity }) });
    } catch (error) {
      if (error.status !== 401 || !identity) throw error;
      this.refused = true;
      this.sub = null;
      this.tell("error", { kind: "identity" });
      return this.api.call("POST", "/sessions", { language: this.language });
    }
  }

  async #identity() {
    try {
      return typeof this.identity === "function" ? await this.identity() : this.identity;
    } catch {
      return null; // the website could not say who it is: the conversation starts without
    }
  }

  async #restore() {
    this.api.token = this.kept.token;
    const { messages } = await this.api.call("GET", "/transcript");
    this.items = [];
    this.#cursor = null;
    const sent = new Set();
    for (const message of messages) {
      if (message.from === "customer") {
        sent.add(message.client_id);
        this.#cursor = message.id; // the stream brings what came after, with buttons that can be pressed
        this.items.push({ from: "customer", key: message.client_id ?? message.id, text: message.text, at: message.at, state: "sent", masked: true });
      } else {
        this.items.push({ ...message, buttons: [], history: true });
      }
    }
    for (const entry of this.kept.outbox.filter(({ key }) => !sent.has(key))) this.items.push({ ...entry, from: "customer", state: "sending" });
    this.status = "live";
    this.trouble = null;
    this.#save();
    this.#live();
  }

  #live() {
    this.changed();
    this.tabs.say("stand"); // another tab may know where it stands with people
    this.#listen();
    this.#send();
  }

  /** Says something: a text, or a button {id, title}. */
  say(text, button = null) {
    const item = { from: "customer", key: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, text, button, at: new Date().toISOString(), state: "sending" };
    this.items.push(item);
    this.#save();
    this.writing.done();
    this.tabs.say("own", item);
    this.changed();
    this.#send();
  }

  /** Tries everything again that did not get through. */
  retry() {
    for (const item of this.own) if (item.state === "failed") this.#mark(item, "sending");
    this.#send();
  }

  async #send() {
    if (this.#sending) return;
    this.#sending = true;
    let tries = 0;
    for (let item; (item = this.own.find(({ state }) => state === "sending")) && this.status === "live"; ) {
      const life = this.#life;
      try {
        const { messages } = await this.api.call("POST", "/messages", { id: item.key, ...(item.button ? { button: item.button.id } : { text: item.text }) });
        if (life !== this.#life) break;
        tries = 0;
        this.#mark(item, "sent");
        this.#ease();
        for (const message of messages) this.#take(message);
      } catch (error) {
        if (!(error instanceof Trouble)) throw error;
        if (life !== this.#life) break;
        if (error.over) this.#end(error.status === 410 ? "deleted" : "expired");
        else if (!error.passing) this.#mark(item, "refused");
        else if (!navigator.onLine || ++tries >= TRIES) {
          for (const waiting of this.own) if (waiting.state === "sending") this.#mark(waiting, "failed");
          this.#hinder({ kind: navigator.onLine ? "chat" : "offline" });
        } else {
          const wait = error.wait || delay(tries - 1);
          this.#hinder(why(error, wait));
          await pause(wait, this.#life.signal);
        }
      }
    }
    this.#sending = false;
    this.typing = null;
    this.changed();
  }

  #mark(item, state) {
    item.state = state;
    this.#save();
    this.tabs.say("state", { key: item.key, state });
    if (state === "failed" || state === "refused") this.tell("error", { kind: "message" });
    this.changed();
  }

  /** What would be lost by a reload, without what belongs to the screen. */
  #save() {
    const waiting = this.own.filter(({ state }) => state === "sending" || state === "failed");
    this.kept.keep({ outbox: waiting.map(({ key, text, button, at }) => ({ key, text, button, at })) });
  }

  #listen() {
    const { signal } = this.#life;
    alone(this.kept.token.slice(-20), () => this.#follow(signal), signal);
  }

  async #follow(signal) {
    for (let tries = 0; !signal.aborted; tries += 1) {
      let opened = 0;
      try {
        await this.api.listen(this.#cursor, signal, () => {
          opened = Date.now();
          this.#ease();
          this.#stands({ state: "closed" }); // what is so now is told at once
          if (tries) this.retry();
        }, (event) => this.#event(event));
      } catch (error) {
        if (signal.aborted) return;
        if (error.over) return this.#end(error.status === 410 ? "deleted" : "expired");
        if (error.status === 400) this.#cursor = null; // the server knows fewer messages than we do: from the start
      }
      if (signal.aborted) return;
      if (opened && Date.now() - opened > 5000) tries = 0;
      if (tries && !this.trouble) this.#hinder({ kind: navigator.onLine ? "reconnecting" : "offline" });
      await pause(delay(tries), signal);
    }
  }

  #event({ event, data }) {
    if (event === "ended") return this.#end("deleted");
    if (event === "typing") return this.#types(data);
    if (event === "handoff") return this.#stands(data);
    if (event !== "message") return;
    this.#cursor = data.id;
    this.tabs.say("message", data);
    this.#take(data);
  }

  #types({ from, typing, name }) {
    this.tabs.say("typing", { from, typing, name });
    this.typing = typing ? { from, name } : null;
    this.changed();
  }

  #stands(handoff) {
    this.tabs.say("handoff", handoff);
    this.#standing(handoff);
  }

  #standing(handoff) {
    this.handoff = handoff.state === "closed" ? null : handoff;
    if (!this.handoff) this.typing = null;
    this.changed();
  }

  /** The customer writes: a person who has the conversation sees it. */
  writes() {
    if (this.handoff?.state === "assigned") this.writing.goesOn();
  }

  /** A message of the API: new, or one that is known already. `quiet`: not worth an announcement. */
  #take(message, quiet = false) {
    const known = this.items.findIndex((item) => !item.key && item.id === message.id);
    if (known >= 0) {
      const { history, helpful, comment } = this.items[known];
      if (history) this.items[known] = { ...message, helpful, comment }; // now with its buttons
      return this.changed();
    }
    const later = this.items.findIndex((item) => !item.key && Number(item.id) > Number(message.id));
    this.items.splice(later < 0 ? this.items.length : later, 0, message);
    this.typing = null;
    this.changed();
    if (!quiet) this.arrived(message);
  }

  #fromTab(kind, value) {
    if (kind === "session" && this.over) {
      this.#reset();
      this.kept.keep(value);
      this.start();
    }
    if (kind === "over" && value.token === this.kept.token) this.#end(value.status, false);
    if (this.status !== "live") return;
    if (kind === "own" && !this.own.some(({ key }) => key === value.key)) {
      this.items.push({ ...value, state: "elsewhere" });
      this.changed();
    }
    if (kind === "state") {
      const item = this.own.find(({ key }) => key === value.key);
      if (item && item.state === "elsewhere" && value.state !== "sending") item.state = value.state;
      this.changed();
    }
    if (kind === "message") {
      this.#cursor = value.id;
      this.#take(value);
    }
    if (kind === "handoff") this.#standing(value);
    if (kind === "stand" && this.handoff) this.tabs.say("handoff", this.handoff);
    if (kind === "typing") {
      this.typing = value.typing ? value : null;
      this.changed();
    }
  }

  #session() {
    return { token: this.kept.token, sub: this.kept.sub };
  }

  #hinder(trouble) {
    if (this.over) return;
    this.trouble = trouble;
    this.changed();
  }

  #ease() {
    if (!this.trouble || this.trouble.kind === "identity" || !navigator.onLine) return;
    this.trouble = null;
    this.changed();
  }

  #online() {
    if (this.trouble?.kind === "offline") this.trouble = null;
    this.changed();
    if (this.status === "live") this.retry();
  }

  // How it ends

  /** The customer ends it: forgotten here, kept at the server until it expires; still to be downloaded or deleted. */
  end() {
    if (this.status === "live") this.#end("ended");
  }

  /** Deletes it everywhere. Throws Trouble. */
  async erase() {
    const token = this.kept.token ?? this.api.token;
    let at = new Date().toISOString();
    try {
      at = (await this.api.call("DELETE", "/conversation")).at;
    } catch (error) {
      if (error.status !== 410) throw error;
    }
    this.tabs.say("over", { token, status: "deleted" });
    this.#end("deleted", false);
    this.deletedAt = at;
    this.changed();
  }

  #end(status, tell = true) {
    if (this.status === "deleted") return;
    if (tell && this.kept.token) this.tabs.say("over", { token: this.kept.token, status });
    if (tell && status === "ended") end(this.api, this.kept.token);
    const unsent = this.kept.outbox.filter(({ button }) => !button).map(({ text }) => text);
    this.#life.abort();
    this.#life = new AbortController();
    this.status = status;
    this.trouble = this.typing = this.handoff = null;
    this.kept.forget();
    if (unsent.length && status === "expired") this.kept.keep({ draft: [...unsent, this.kept.draft].filter(Boolean).join("\n") });
    if (status === "deleted") {
      this.items = [];
      this.api.token = null;
    }
    this.tell("end", { reason: status });
    this.changed();
  }

  /** Begins a new one after the last is over. */
  again() {
    this.#reset();
    return this.start();
  }

  #reset() {
    this.#life.abort();
    this.#life = new AbortController();
    this.items = [];
    this.#cursor = this.typing = this.trouble = this.handoff = this.deletedAt = null;
    this.status = "idle";
    this.kept.keep({ token: null, sub: null, outbox: [] });
  }

  /** Another person is logged in than the one that the conversation belongs to: theirs is not shown to this one. */
  async identify(identity) {
    this.identity = identity;
    if (!this.kept.sub) return;
    const now = await this.#identity();
    if ((now ? subject(now) : null) !== this.kept.sub) {
      this.#end("ended");
      this.#reset();
      this.changed();
    }
  }

  // What can be done with it

  transcript() {
    return this.api.call("GET", "/transcript");
  }

  async rate(message, helpful, comment) {
    await this.api.call("POST", "/feedback", { message: message.id, helpful, ...(comment && { comment }) });
    message.helpful = helpful;
    if (comment) message.comment = comment;
    this.changed();
  }
}
