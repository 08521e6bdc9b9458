// Trying again: how often, how long to wait, and what is in the way.
import { Api } from "./api.js";

export const TRIES = 4;
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;

export const delay = (tries) => Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries) * (0.75 + Math.random() / 2);

/** Waits; a connection that comes back ends the wait early. */
export function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    addEventListener("online", done);
    signal?.addEventListener("abort", done);
  });
}

/** The trouble that a failed call means to the customer. */
export function why({ status }, wait) {
  if (status === 429) return { kind: "busy", seconds: Math.ceil(wait / 1000) };
  if (!navigator.onLine) return { kind: "offline" };
  return { kind: status === 503 ? "starting" : status ? "chat" : "reconnecting" };
}

/** Nobody waits for this customer any more: out of the queue, away from the person. */
export async function end({ base }, token) {
  const api = new Api(base);
  api.token = token;
  for (let tries = 0; tries < TRIES; tries += 1) {
    try {
      return await api.call("POST", "/end");
    } catch (error) {
      if (!error.passing) return;
      await pause(error.wait || delay(tries));
    }
  }
}
