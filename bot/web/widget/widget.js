// The launcher: <script src=".../widget.js" defer data-language="sv"></script>. It draws one button and loads the rest
// when the chat is opened for the first time. Until then nothing is stored and nothing is asked of the bot.
(() => {
  "use strict";
  const build = __BUILD__;
  const script = document.currentScript;
  const NAME = "benefit-chat";
  if (!script || customElements.get(NAME)) return;
  const base = new URL(`widget/${build.version}/`, script.src);
  const options = script.dataset;
  const known = (language) => (build.texts[language] ? language : null);

  const css = `
:host { all: initial; position: fixed; z-index: 2147483000; inset: auto 0 0 auto; color-scheme: light;
  --accent: var(--benefit-chat-accent, #0b5a6b); --on-accent: var(--benefit-chat-on-accent, #fff); --surface: #fff; --text: #16252a; --edge: #7a898d; }
:host([dark]) { color-scheme: dark; --accent: var(--benefit-chat-accent-dark, #7fd3e3); --on-accent: var(--benefit-chat-on-accent-dark, #062a32);
  --surface: #1b2326; --text: #eef4f5; --edge: #8b999d; }
:host([hidden]) { display: none; }
.launch { position: fixed; right: calc(20px + env(safe-area-inset-right)); bottom: calc(20px + env(safe-area-inset-bottom));
  width: 60px; height: 60px; padding: 0; border: 2px solid transparent; border-radius: 50%; cursor: pointer;
  background: var(--accent); color: var(--on-accent); box-shadow: 0 2px 6px #0003, 0 8px 24px #0003; transition: transform .15s; }
.launch:hover { transform: scale(1.05); }
.launch:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
.launch svg { width: 28px; height: 28px; display: block; margin: auto; }
.launch[aria-busy="true"] svg { opacity: .4; }
.badge { position: absolute; top: -4px; right: -4px; min-width: 22px; height: 22px; padding: 0 6px; box-sizing: border-box;
  border-radius: 11px; background: #b3261e; color: #fff; font: 600 13px/22px system-ui, sans-serif; border: 1px solid transparent; }
.badge:empty { display: none; }
.say { position: fixed; right: calc(20px + env(safe-area-inset-right)); bottom: calc(92px + env(safe-area-inset-bottom)); margin: 0;
  max-width: min(280px, calc(100vw - 40px)); padding: 10px 14px; border-radius: 12px; box-sizing: border-box; font: 15px/1.4 system-ui, sans-serif;
  background: var(--surface); color: var(--text); border: 1px solid var(--edge); }
.say:empty { display: none; }
@media (prefers-reduced-motion: reduce) { .launch { transition: none; } .launch:hover { transform: none; } }
@media (forced-colors: active) { .launch, .badge { border-color: ButtonText; } }`;

  const svg = (path) => {
    const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    drawing.setAttribute("viewBox", "0 0 24 24");
    drawing.setAttribute("aria-hidden", "true");
    line.setAttribute("d", path);
    line.setAttribute("fill", "currentColor");
    drawing.append(line);
    return drawing;
  };

  class BenefitChat extends HTMLElement {
    #language = known(options.language) ?? known(document.documentElement.lang.slice(0, 2)) ?? "sv";
    #panel = null; // the panel, or a promise of it
    #loaded = null;
    #identity = null;
    #unread = 0;
    #button = document.createElement("button");
    #badge = document.createElement("span");
    #say = document.createElement("p");

    constructor() {
      super();
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      this.#button.className = "launch";
      this.#button.type = "button";
      this.#button.setAttribute("aria-haspopup", "dialog");
      this.#badge.className = "badge";
      this.#badge.setAttribute("aria-hidden", "true");
      this.#button.append(svg("M4 3h16a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2h-8l-5 4v-4H4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z"), this.#badge);
      this.#button.addEventListener("click", () => (this.isOpen ? this.close() : this.open()));
      this.#say.className = "say";
      this.#say.setAttribute("role", "status");
      root.append(this.#button, this.#say);
    }

    connectedCallback() {
      this.#name();
      const dark = matchMedia("(prefers-color-scheme: dark)");
      const dress = () => this.toggleAttribute("dark", options.theme ? options.theme === "dark" : dark.matches);
      dark.addEventListener("change", dress);
      dress();
      let kept = null;
      try {
        kept = sessionStorage.getItem(NAME) ?? localStorage.getItem(NAME);
      } catch {} // storage is switched off: the chat lives as long as the page
      if (kept) this.#load().then((panel) => panel.resume(), () => {});
    }

    /** Whether the panel is open. */
    get isOpen() {
      return Boolean(this.#loaded?.isOpen);
    }

    get language() {
      return this.#language;
    }

    /** Opens the chat; the first time, this loads it and starts a conversation. */
    async open() {
      this.#button.setAttribute("aria-busy", "true");
      this.#say.textContent = this.#panel ? "" : build.texts[this.#language].loading;
      try {
        (await this.#load()).open();
        this.#say.textContent = "";
      } catch (error) {
        this.#say.textContent = build.texts[this.#language].failed;
        this.#tell("error", { kind: "load" });
      }
      this.#button.removeAttribute("aria-busy");
    }

    close() {
      this.#loaded?.close();
    }

    /** "sv" or "en": the widget's own texts, and the language that the next conversation starts in. */
    async setLanguage(language) {
      if (!known(language)) throw new RangeError(`setLanguage: "sv" or "en" is expected, not ${JSON.stringify(language)}`);
      this.#language = language;
      this.#name();
      if (this.#panel) (await this.#load()).setTexts(language, await texts(language));
    }

    /** Who is logged in: the website's signed identity, a function that fetches one, or null after logging out. */
    async identify(identity) {
      if (identity !== null && typeof identity !== "string" && typeof identity !== "function") {
        throw new TypeError("identify: a signed identity, a function that gives one, or null is expected");
      }
      this.#identity = identity;
      if (this.#panel) await (await this.#load()).identify(identity);
    }

    /** Ends the conversation on this device; the next opening starts a new one. */
    async end() {
      if (this.#panel) (await this.#load()).end();
    }

    #load() {
      this.#panel ??= load(this.#language).then(
        ({ create, sheet, said }) =>
          (this.#loaded = create({
            host: this,
            root: this.shadowRoot,
            launcher: this.#button,
            sheet,
            language: this.#language,
            texts: said,
            fetchTexts: texts,
            api: new URL("webhooks/webchat", script.src).href,
            privacy: options.privacy ?? new URL("privacy", script.src).href,
            identity: this.#identity,
            tell: (name, detail) => this.#hear(name, detail),
          })),
        (error) => {
          this.#panel = null;
          throw error;
        },
      );
      return this.#panel;
    }

    #hear(name, detail) {
      if (name === "unread") this.#unread = detail.count;
      if (name === "language") this.#language = detail.language;
      this.#name();
      this.#tell(name, detail);
    }

    #tell(name, detail) {
      this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
    }

    #name() {
      const said = build.texts[this.#language];
      const closed = this.#unread === 1 ? said.open_unread_one : this.#unread ? said.open_unread.replace("{count}", this.#unread) : said.open;
      this.lang = this.#language;
      this.#badge.textContent = this.#unread || "";
      this.#button.setAttribute("aria-label", this.isOpen ? said.close : closed);
      this.#button.setAttribute("aria-expanded", String(this.isOpen));
    }
  }

  /** A file of this version, checked against the hash that this script knows. */
  async function file(name) {
    const response = await fetch(new URL(name, base), { integrity: build.integrity[name], mode: "cors", credentials: "omit" });
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return response;
  }

  async function texts(language) {
    return (await file(`${language}.json`)).json();
  }

  async function load(language) {
    for (const name of Object.keys(build.integrity).filter((file) => file.endsWith(".js"))) {
      const link = document.createElement("link"); // puts the checked module where import() will find it
      link.rel = "modulepreload";
      link.href = new URL(name, base);
      link.integrity = build.integrity[name];
      link.crossOrigin = "anonymous";
      if (script.nonce) link.nonce = script.nonce;
      document.head.append(link);
    }
    const [module, style, said] = await Promise.all([
      import(new URL("panel.js", base)),
      file("panel.css").then((response) => response.text()),
      texts(language),
    ]);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    return { create: module.createPanel, sheet, said };
  }

  customElements.define(NAME, BenefitChat);
  const element = document.querySelector(NAME) ?? document.createElement(NAME);
  if (!element.isConnected) document.body.append(element);
  window.benefitChat = element;
  window.dispatchEvent(new CustomEvent("benefit-chat-ready", { detail: element }));
})();
