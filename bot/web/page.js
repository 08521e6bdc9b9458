// A plain page to try the web chat API in a browser. Text of messages is only ever set as text.
const API = "/webhooks/webchat";
const WORDS = {
  sv: { label: "Skriv till assistenten", send: "Skicka", download: "Ladda ner", erase: "Radera", typing: "Skriver …",
        failed: "Meddelandet kom inte fram. Försök igen.", erased: "Konversationen är raderad." },
  en: { label: "Write to the assistant", send: "Send", download: "Download", erase: "Delete", typing: "Typing …",
        failed: "The message did not get through. Try again.", erased: "The conversation is deleted." },
};
const byId = (id) => document.getElementById(id);
let language = "sv";
let token = null;
let unsent = null; // a message that failed keeps its id, so that sending it again does nothing twice

async function call(method, path, body) {
  const headers = { "Content-Type": "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await fetch(API + path, { method, headers, body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.detail), { status: response.status });
  return answer;
}

function show(text, own, buttons = []) {
  const item = document.createElement("li");
  item.textContent = text;
  if (own) item.className = "own";
  const row = document.createElement("div");
  for (const { id, title } of buttons) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = title;
    button.addEventListener("click", () => send({ button: id }, title));
    row.append(button);
  }
  if (buttons.length) item.append(row);
  byId("log").append(item);
  item.scrollIntoView({ block: "nearest" });
}

async function send(content, shown) {
  if (!unsent || unsent.shown !== shown) {
    unsent = { body: { id: crypto.randomUUID(), ...content }, shown };
    show(shown, true);
  }
  byId("state").textContent = WORDS[language].typing;
  try {
    const { messages } = await call("POST", "/messages", unsent.body);
    unsent = null;
    byId("state").textContent = "";
    for (const message of messages) show(message.text, false, message.buttons);
  } catch (error) {
    byId("state").textContent = error.status ? error.message : WORDS[language].failed;
    if (error.status && error.status < 500) unsent = null;
    if (content.text) byId("text").value = content.text;
  }
}

async function start(chosen) {
  language = chosen;
  token = null;
  document.documentElement.lang = language;
  for (const id of ["label", "send", "download", "erase"]) byId(id).textContent = WORDS[language][id];
  byId("log").replaceChildren();
  byId("state").textContent = "";
  try {
    const session = await call("POST", "/sessions", { language });
    token = session.token;
    for (const message of session.messages) show(message.text, false, message.buttons);
  } catch (error) {
    byId("state").textContent = error.message;
  }
}

byId("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = byId("text").value.trim();
  if (!text) return;
  byId("text").value = "";
  send({ text }, text);
});
byId("download").addEventListener("click", async () => {
  const { messages } = await call("GET", "/transcript");
  const lines = messages.map((message) => `${message.at}  ${message.from}: ${message.text}`);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines.join("\n") + "\n"], { type: "text/plain" }));
  link.download = "conversation.txt";
  link.click();
  URL.revokeObjectURL(link.href);
});
byId("erase").addEventListener("click", async () => {
  await call("DELETE", "/conversation");
  await start(language);
  byId("state").textContent = WORDS[language].erased;
});
for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => start(button.dataset.language));
}
start(navigator.language.startsWith("sv") ? "sv" : "en");
