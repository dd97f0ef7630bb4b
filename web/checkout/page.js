/**
 * The hosted page: shows what a checkout session asks for, has it paid, and goes back to the shop. What is true it asks
 * the platform, whenever it is loaded. The session's secret stands behind the `#`, which no server is ever sent.
 */

import { Card } from "../card/card.js";
import { Form } from "../card/form.js";
import { Platform } from "../card/platform.js";
import { textsOf } from "../card/texts.js";
import { paymentTextsOf } from "../payment/texts.js";
import { pageTextsOf } from "./texts.js";

/**
 * @typedef {object} View What the platform says of the session (`CheckoutView` of the contract).
 * @property {"open" | "complete" | "expired"} status
 * @property {"succeeded" | "processing" | "declined" | "failed" | null} progress
 * @property {number} attempts_left
 * @property {{id: string, name: string}} merchant
 * @property {number} amount
 * @property {string} currency
 * @property {string | null} reference
 * @property {string | null} description
 * @property {string | null} return_url
 */

const ASKED_AGAIN_AFTER = 3000;
const NOT_FOUND = 404;

const asked = new URLSearchParams(location.search).get("locale");
const texts = textsOf(asked ?? navigator.language);
const words = { ...pageTextsOf(texts.language), ...paymentTextsOf(texts.language) };
const session = { id: location.pathname.split("/").at(-1) ?? "", client_secret: location.hash.slice(1) };
const platform = new Platform(document.documentElement.dataset["api"] ?? "");

/** @template {HTMLElement} Element @param {string} id @returns {Element} */
const part = (id) => /** @type {Element} */ (document.getElementById(id));
const pay = /** @type {HTMLButtonElement} */ (part("pay"));
const back = /** @type {HTMLAnchorElement} */ (part("back"));

/** @type {Card | undefined} */
let card;

/** @param {string} message */
function tell(message) {
  if (part("message").textContent !== message) part("message").textContent = message;
}

/** Asks how the session stands, until it can be told. @returns {Promise<View | undefined>} */
async function view() {
  for (;;) {
    const path = `/v1/checkout_sessions/${encodeURIComponent(session.id)}/view`;
    const answer = await platform.post(path, { client_secret: session.client_secret });
    if (answer?.status === 200) return answer.body;
    if (answer && answer.status >= 400 && answer.status <= NOT_FOUND) return undefined;
    tell(words.offline);
    await new Promise((next) => setTimeout(next, ASKED_AGAIN_AFTER));
  }
}

/** Shows how it stands now, and goes on asking while it isn't decided. */
async function show() {
  const seen = await view();
  if (!seen) return end(words.unknown);
  describe(seen);
  if (seen.progress === "processing") {
    tell(words.processing);
    offer(seen, false);
    setTimeout(show, ASKED_AGAIN_AFTER);
    return;
  }
  const said = seen.status === "expired" ? words.expired : seen.progress ? words[seen.progress] : "";
  if (seen.attempts_left) {
    offer(seen, true);
    tell(said);
  } else {
    end(said);
  }
}

/** @param {View} seen */
function describe({ amount, currency, merchant, reference, description, return_url }) {
  const format = new Intl.NumberFormat(texts.language, { style: "currency", currency });
  const shown = format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 0));
  part("merchant").textContent = merchant.name;
  part("amount").textContent = shown;
  part("about").textContent = [description, reference].filter(Boolean).join(" · ");
  pay.textContent = words.pay.replace("{amount}", shown);
  back.textContent = words.back.replace("{merchant}", merchant.name);
  back.hidden = !return_url;
  if (return_url) back.href = returnTo(return_url);
}

/** The shop's page, told which session it is about. @param {string} url */
function returnTo(url) {
  const address = new URL(url);
  address.searchParams.set("checkout_session", session.id);
  return address.href;
}

/** The card's fields, to be used or waited at. @param {View} seen @param {boolean} usable */
function offer({ merchant }, usable) {
  if (!card) {
    const direction = texts.language === "ar" ? "rtl" : "ltr";
    const theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const appearance = { language: texts.language, direction, theme, name: true, styles: [] };
    const form = new Form(/** @type {any} */ (appearance), texts, () => platform.now());
    form.onsubmit = act;
    card = new Card(platform, merchant.id, form, texts);
    document.title = words.title;
    platform.published().catch(() => {}); // for its clock
  }
  card.form.element.inert = !usable;
  pay.hidden = false;
  pay.disabled = !usable;
}

async function act() {
  if (!card || pay.disabled) return;
  pay.disabled = true;
  tell("");
  const { result, error } = await card.pay(session, tell);
  if (result?.status === "succeeded") {
    end(result.message);
    if (back.href) location.assign(back.href);
    return;
  }
  if (error && error.code !== "expired") {
    tell(error.message);
    pay.disabled = false;
    if (error.fields.length) card.form.focus();
    return;
  }
  await show();
}

/** Nothing can be paid here, any more or at all. @param {string} message */
function end(message) {
  if (card) card.form.element.hidden = true;
  pay.hidden = true;
  tell(message);
}

document.documentElement.lang = texts.language;
document.documentElement.dir = texts.language === "ar" ? "rtl" : "ltr";
pay.addEventListener("click", act);
// A page that the browser has kept shows how it stood when it was left.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
show();
