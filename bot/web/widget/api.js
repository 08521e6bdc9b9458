// The web chat API: calls, and the event stream read with fetch (EventSource cannot send the token).

/** Why a call failed. `status` 0: no answer at all. `wait`: milliseconds that the server asks to wait. */
export class Trouble extends Error {
  constructor(status, wait = 0) {
    super(`webchat ${status}`);
    this.status = status;
    this.wait = wait;
  }

  /** The same request may work later. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** The token opens nothing any more. */
  get over() {
    return this.status === 401 || this.status === 410;
  }
}

const LONGEST = 45_000; // an answer takes seconds; the stream has a sign of life every fifteen

export class Api {
  token = null;

  constructor(base) {
    this.base = base;
  }

  async #fetch(method, path, body, headers, signal) {
    const sent = { ...(this.token && { Authorization: `Bearer ${this.token}` }), ...(body && { "Content-Type": "application/json" }), ...headers };
    let response;
    try {
      response = await fetch(this.base + path, {
        method, headers: sent, body: body && JSON.stringify(body), signal, credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer",
      });
    } catch {
      throw new Trouble(0);
    }
    if (!response.ok) throw new Trouble(response.status, 1000 * (Number(response.headers.get("Retry-After")) || 0));
    return response;
  }

  async call(method, path, body) {
    try {
      return await (await this.#fetch(method, path, body, {}, AbortSignal.timeout(LONGEST))).json();
    } catch (error) {
      throw error instanceof Trouble ? error : new Trouble(0);
    }
  }

  /** Reads the stream behind `after` until it ends; `heard({event, data, id})` for each event, `opened()` once. */
  async listen(after, signal, opened, heard) {
    const silence = new AbortController();
    const stop = () => silence.abort();
    signal.addEventListener("abort", stop);
    let timer = setTimeout(stop, LONGEST);
    try {
      const response = await this.#fetch("GET", "/events", null, after ? { "Last-Event-ID": after } : {}, silence.signal);
      opened();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        clearTimeout(timer);
        timer = setTimeout(stop, LONGEST);
        const blocks = (text + value).split("\n\n");
        text = blocks.pop();
        for (const block of blocks) {
          const event = read(block);
          if (event) heard(event);
        }
      }
    } catch (error) {
      throw error instanceof Trouble ? error : new Trouble(0);
    } finally {
      clearTimeout(timer);
      silence.abort();
      signal.removeEventListener("abort", stop);
    }
  }
}

function read(block) {
  const event = { event: "message", id: null };
  const data = [];
  for (const line of block.split("\n")) {
    const [, name, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (name === "data") data.push(value);
    else if (name === "event" || name === "id") event[name] = value;
  }
  if (!data.length) return null;
  try {
    return { ...event, data: JSON.parse(data.join("\n")) };
  } catch {
    return null;
  }
}
