// Who comes to the queue, and who writes, while the agent looks elsewhere: title, sound and system notices on wish.
import { h } from "./dom.js";
import { chime } from "./shared/sound.js";

const SOUND = "desk-sound";
const SYSTEM = "desk-notify";
const on = (key) => localStorage.getItem(key) === "on";

/** Two switches, both off until the agent wants them. say(text): tells what the browser does not allow. */
export function switches(t, say) {
  const sound = choice("sound", t.page.sound, on(SOUND), (wanted) => {
    localStorage.setItem(SOUND, wanted ? "on" : "off");
    if (wanted) chime();
  });
  const system = choice("notify", t.page.notify, on(SYSTEM), async (wanted, box) => {
    const allowed = wanted && globalThis.Notification && (await Notification.requestPermission()) === "granted";
    localStorage.setItem(SYSTEM, allowed ? "on" : "off");
    box.checked = Boolean(allowed);
    if (wanted && !allowed) say(t.page.notify_refused);
  });
  return h("fieldset", { class: "notices" }, h("legend", {}, t.page.notices), sound, system);
}

function choice(id, name, checked, changed) {
  const box = h("input", { type: "checkbox", id, onchange: () => changed(box.checked, box) });
  box.checked = checked;
  return h("label", { for: id }, box, name);
}

/** A sound, and a system notice where the page is not seen. tag: one notice for each. */
export function notice(title, text, tag) {
  if (on(SOUND)) chime();
  if (!on(SYSTEM) || !document.hidden || globalThis.Notification?.permission !== "granted") return;
  try {
    new Notification(title, { body: text, tag });
  } catch {
    // Chrome on Android knows such notices from service workers only
  }
}
