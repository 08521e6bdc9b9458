// What outlives a reload: in the browser tab, and on the device only where the customer has chosen so.

const KEY = "benefit-chat";
const NOTHING = {
  token: null, // of the conversation
  sub: null, // for whom the website vouched
  draft: "",
  outbox: [], // messages that the server has not confirmed
  open: false,
  sound: false,
  remember: false,
};

function stored(storage) {
  try {
    const value = JSON.parse(window[storage].getItem(KEY));
    return value && typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}

export class Kept {
  constructor() {
    const device = stored("localStorage");
    Object.assign(this, structuredClone(NOTHING), device, { open: false }, stored("sessionStorage"));
    this.remember = Boolean(device);
    if (!Array.isArray(this.outbox)) this.outbox = [];
  }

  /** Change values and store them. */
  keep(values) {
    Object.assign(this, values);
    const text = JSON.stringify(Object.fromEntries(Object.keys(NOTHING).map((name) => [name, this[name]])));
    try {
      sessionStorage.setItem(KEY, text);
      if (this.remember) localStorage.setItem(KEY, text);
      else localStorage.removeItem(KEY);
    } catch {} // storage is full or switched off: the chat lives as long as the page
  }

  /** The conversation is over: nothing stays but what the customer has not sent, for as long as the tab lives. */
  forget() {
    const { draft, open, sound } = this;
    this.keep({ ...structuredClone(NOTHING), draft, open, sound });
  }
}
