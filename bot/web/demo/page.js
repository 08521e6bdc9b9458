// The demo shop's side of the widget: opening it, and saying who is logged in.
const who = document.getElementById("who");
const buttons = [...document.querySelectorAll("[data-customer]")];
const LOGIN = "demo-shop-customer";

async function identityOf(customer) {
  const response = await fetch(`/demo/identity/${customer}`);
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()).identity;
}

function show(customer, text) {
  for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.customer === customer));
  who.textContent = text;
}

async function log(customer, name) {
  if (!customer) {
    sessionStorage.removeItem(LOGIN);
    show("", who.dataset.guest);
    await window.benefitChat.identify(null);
    return;
  }
  try {
    await identityOf(customer);
  } catch {
    show("", who.dataset.off);
    return;
  }
  sessionStorage.setItem(LOGIN, customer);
  show(customer, who.dataset.hello.replace("{name}", name));
  await window.benefitChat.identify(() => identityOf(customer)); // fetched when a conversation begins
}

/** A conversation that began without a name ends when somebody logs in: the next one knows who it is. */
async function choose(button) {
  await log(button.dataset.customer, button.dataset.name);
  if (button.dataset.customer) await window.benefitChat.end();
}

for (const button of buttons) button.addEventListener("click", () => choose(button));
document.getElementById("open").addEventListener("click", () => window.benefitChat.open());

const last = buttons.find((button) => button.dataset.customer && button.dataset.customer === sessionStorage.getItem(LOGIN));
if (last) log(last.dataset.customer, last.dataset.name);
