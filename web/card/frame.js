/** The frame's beginning: one page connects, and may have the card encrypted, or pay a session with it. */

import { Card } from "./card.js";
import { Form } from "./form.js";
import { appearanceOf } from "./options.js";
import { Platform } from "./platform.js";
import { textsOf } from "./texts.js";

const merchant = new URLSearchParams(location.search).get("merchant") ?? "";
const platform = new Platform(document.documentElement.dataset["api"] ?? "");

// Which pages may show this frame is told to the browser (`frame-ancestors`). Of those on this one, only the page
// around it connects, and only once: what it sends later comes by the port.
addEventListener("message", function connect({ source, data, ports: [port] }) {
  if (source !== parent || parent === window || data?.type !== "connect" || !port) return;
  removeEventListener("message", connect);
  begin(port, data.options ?? {});
});

/** @param {MessagePort} port @param {any} options */
function begin(port, options) {
  let appearance;
  try {
    appearance = appearanceOf(options);
  } catch (error) {
    port.postMessage({ type: "refused", message: /** @type {Error} */ (error).message });
    return;
  }
  const texts = textsOf(appearance.language);
  const form = new Form(appearance, texts, () => platform.now());
  const card = new Card(platform, merchant, form, texts);
  form.onchange = (state) => port.postMessage({ type: "change", ...state });
  form.onsubmit = () => port.postMessage({ type: "submit" });
  const late = (/** @type {string} */ message) => port.postMessage({ type: "processing", message });
  port.onmessage = async ({ data: { type, id, save, session } }) => {
    if (type === "focus") form.focus();
    if (type === "clear") form.clear();
    if (type === "encrypt") port.postMessage({ type: "answer", id, ...(await card.encrypt(save)) });
    if (type === "pay") port.postMessage({ type: "answer", id, ...(await card.pay(session, late)) });
  };
  port.postMessage({ type: "ready", title: texts.title });
  new ResizeObserver(([entry]) => {
    port.postMessage({ type: "height", height: Math.ceil(entry?.target.getBoundingClientRect().height ?? 0) });
  }).observe(form.element);
  platform.published().catch(() => {}); // for its clock: whether a card has expired is said as it is typed
}
