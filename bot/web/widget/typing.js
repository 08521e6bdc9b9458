// Tells the person who has the conversation that the customer is writing.
const EVERY = 4000;
const STOPPED = 5000; // milliseconds without a key after which the customer has stopped

export class Typing {
  #told = 0;
  #timer = 0;

  constructor(api) {
    this.api = api;
  }

  goesOn() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(false), STOPPED);
    if (Date.now() - this.#told > EVERY) this.#tell(true);
  }

  /** What was written has been sent, which tells enough. */
  done() {
    clearTimeout(this.#timer);
    this.#told = 0;
  }

  #tell(typing) {
    this.#told = typing ? Date.now() : 0;
    this.api.call("POST", "/typing", { typing }).catch(() => {});
  }
}
