/** The frame's beginning: one page connects, and may ask for the card as ciphertext. */

import { brandOf } from "./brands.js";
import { digitsOf } from "./format.js";
import { Form } from "./form.js";
import { encryptTo } from "./jwe.js";
import { appearanceOf } from "./options.js";
import { NetworkError, Platform } from "./platform.js";
import { expiryOf } from "./rules.js";
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
  form.onchange = (state) => port.postMessage({ type: "change", ...state });
  form.onsubmit = () => port.postMessage({ type: "submit" });
  port.onmessage = async ({ data: { type, id, save } }) => {
    if (type === "focus") form.focus();
    if (type === "clear") form.clear();
    if (type === "encrypt") port.postMessage({ type: "encrypted", id, ...(await answer(form, texts, save)) });
  };
  port.postMessage({ type: "ready", title: texts.title });
  new ResizeObserver(([entry]) => {
    port.postMessage({ type: "height", height: Math.ceil(entry?.target.getBoundingClientRect().height ?? 0) });
  }).observe(form.element);
  platform.published().catch(() => {}); // for its clock: whether a card has expired is said as it is typed
}

/**
 * @param {Form} form
 * @param {import("./texts.js").Texts} texts
 * @param {boolean} save
 */
async function answer(form, texts, save) {
  const fields = form.check();
  if (fields.length) return { error: { code: "incomplete", message: texts.incomplete, fields } };
  const typed = form.typed();
  try {
    return { result: await encrypted(typed, save) };
  } catch (error) {
    const code = error instanceof NetworkError ? "network" : "failed";
    return { error: { code, message: texts[code], fields: [] } };
  }
}

/** @param {import("./rules.js").Typed} typed @param {boolean} save */
async function encrypted(typed, save) {
  const { key, now } = await platform.published();
  const number = digitsOf(typed.number);
  const expiry = expiryOf(typed.expiry);
  const name = typed.name.trim();
  const kept = { number, exp_month: expiry?.month, exp_year: expiry?.year, ...(name && { name }) };
  /** @param {object} card */
  const seal = (card) => encryptTo(key, { ...card, merchant, iat: now, jti: crypto.randomUUID() });
  return {
    encrypted_card: await seal({ ...kept, cvc: digitsOf(typed.code) }),
    ...(save && { encrypted_card_to_save: await seal(kept) }),
    card: { brand: brandOf(number), last4: number.slice(-4) },
  };
}
