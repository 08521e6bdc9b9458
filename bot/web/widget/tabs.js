// Several tabs of the website are one conversation: they hand it over to each other and tell what they send and hear.

const NAME = "benefit-chat";
const PATIENCE = 150; // milliseconds in which another tab answers

export class Tabs {
  #channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(NAME) : null;
  #asked = null;

  /** heard(kind, value): what another tab says. offer(): the conversation of this tab, or null. */
  constructor(heard, offer) {
    if (!this.#channel) return;
    this.#channel.onmessage = ({ data }) => {
      if (data.kind === "who") {
        const session = offer();
        if (session) this.say("here", session);
      } else if (data.kind === "here") this.#asked?.(data.value);
      else heard(data.kind, data.value);
    };
  }

  say(kind, value) {
    this.#channel?.postMessage({ kind, value });
  }

  /** The conversation that another tab has open; null where there is none. */
  ask() {
    if (!this.#channel) return Promise.resolve(null);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), PATIENCE);
      this.#asked = (session) => {
        clearTimeout(timer);
        resolve(session);
      };
      this.say("who");
    });
  }
}

/** Runs `work` in one tab at a time. */
export function alone(name, work, signal) {
  if (!navigator.locks) return work();
  return navigator.locks.request(`${NAME} ${name}`, { signal }, work).catch((error) => {
    if (!signal?.aborted) throw error;
  });
}
