// The desk's API: one function a wish; a refusal is an error with its status.

let token = null;

/** The agent who is signed in, or null. */
export async function me() {
  try {
    return known(await call("GET", "me"));
  } catch (error) {
    if (error.status === 401) return null;
    throw error;
  }
}

export const texts = () => call("GET", "texts");
export const board = () => call("GET", "board");
export const search = (words) => call("GET", `search?words=${encodeURIComponent(words)}`);
export const handoff = (reference) => call("GET", `handoffs/${encodeURIComponent(reference)}`);
export const act = (reference, what, body = {}) => call("POST", `handoffs/${encodeURIComponent(reference)}/${what}`, body);
export const signOut = () => call("POST", "sign-out", {});

export async function signIn(name, password) {
  return known(await call("POST", "sign-in", { name, password }));
}

/** Calls `changed(reference)` for every change, `typing(reference, is)` for customers who write and `ended()` when the
 *  session is over; gives what closes it. */
export function listen({ changed, typing, ended, trouble }) {
  const source = new EventSource("/desk/api/events");
  source.addEventListener("changed", (event) => changed(JSON.parse(event.data).reference ?? null));
  source.addEventListener("typing", (event) => {
    const { reference, typing: is } = JSON.parse(event.data);
    typing(reference, is);
  });
  source.addEventListener("ended", () => {
    source.close();
    ended();
  });
  source.addEventListener("open", () => trouble(false));
  source.addEventListener("error", async () => {
    trouble(true);
    if (source.readyState !== EventSource.CLOSED) return;
    if ((await me().catch(() => undefined)) === null) ended();
    else setTimeout(() => document.dispatchEvent(new Event("desk-reconnect")), 3000);
  });
  return () => source.close();
}

function known(agent) {
  token = agent.token;
  return agent;
}

async function call(method, path, body) {
  const headers = body ? { "Content-Type": "application/json" } : {};
  if (token && body) headers["X-Desk-Token"] = token;
  const response = await fetch(`/desk/api/${path}`, { method, headers, body: body && JSON.stringify(body) });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw Object.assign(new Error(answer.detail ?? response.statusText), { status: response.status });
  return answer;
}
