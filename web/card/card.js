/** What can be done with a card that was typed: encrypt it, or pay a checkout session with it. */

import { brandOf } from "./brands.js";
import { digitsOf } from "./format.js";
import { encryptTo } from "./jwe.js";
import { NetworkError } from "./platform.js";
import { expiryOf } from "./rules.js";

/**
 * @template Result
 * @typedef {{result?: Result, error?: {code: string, message: string, fields: import("./rules.js").Field[]}}} Answer
 *   One of the two; `message` is for the shopper.
 */
/** @typedef {import("../tollgate.d.ts").EncryptedCard} EncryptedCard */
/** @typedef {import("../tollgate.d.ts").Paid} Paid */

/** Outcomes that aren't the session's: the card wasn't tried. */
const NOT_TRIED = new Set(["expired", "refused", "unavailable"]);

/** Loaded by who pays: a shop that has cards encrypted only needs none of it. */
async function paying() {
  return { ...(await import("../payment/session.js")), ...(await import("../payment/texts.js")) };
}

export class Card {
  /** @type {Promise<Answer<Paid>> | undefined} */ #paying;

  /**
   * @param {import("./platform.js").Platform} platform
   * @param {string} merchant
   * @param {import("./form.js").Form} form
   * @param {import("./texts.js").Texts} texts
   */
  constructor(platform, merchant, form, texts) {
    this.platform = platform;
    this.merchant = merchant;
    this.form = form;
    this.texts = texts;
  }

  /** @param {boolean} save @returns {Promise<Answer<EncryptedCard>>} */
  async encrypt(save) {
    const fields = this.form.check();
    if (fields.length) return { error: { code: "incomplete", message: this.texts.incomplete, fields } };
    const typed = this.form.typed();
    try {
      return { result: await this.#encrypted(typed, save) };
    } catch (error) {
      const code = error instanceof NetworkError ? "network" : "failed";
      return { error: { code, message: this.texts[code], fields: [] } };
    }
  }

  /**
   * A second click while one is at work hears what that one comes to.
   * @param {import("../payment/session.js").Session} session
   * @param {(message: string) => void} late Told what the shopper may know meanwhile.
   */
  async pay(session, late) {
    this.#paying ??= this.#pay(session, late);
    try {
      return await this.#paying;
    } finally {
      this.#paying = undefined;
    }
  }

  /**
   * @param {import("../payment/session.js").Session} session
   * @param {(message: string) => void} late
   * @returns {Promise<Answer<Paid>>}
   */
  async #pay(session, late) {
    const { result, error } = await this.encrypt(false);
    if (!result) return error ? { error } : {};
    const parts = await paying().catch(() => undefined);
    if (!parts) return { error: { code: "network", message: this.texts.network, fields: [] } };
    const words = parts.paymentTextsOf(this.texts.language);
    const outcome = await parts.paid(this.platform, session, result.encrypted_card, () => late(words.processing));
    const message = words[outcome];
    if (NOT_TRIED.has(outcome)) return { error: { code: outcome, message, fields: [] } };
    if (outcome === "succeeded") this.form.clear();
    return { result: { status: /** @type {Paid["status"]} */ (outcome), message, card: result.card } };
  }

  /** @param {import("./rules.js").Typed} typed @param {boolean} save @returns {Promise<EncryptedCard>} */
  async #encrypted(typed, save) {
    const { key, now } = await this.platform.published();
    const number = digitsOf(typed.number);
    const expiry = expiryOf(typed.expiry);
    const name = typed.name.trim();
    const kept = { number, exp_month: expiry?.month, exp_year: expiry?.year, ...(name && { name }) };
    const claims = { merchant: this.merchant, iat: now };
    /** @param {object} card */
    const seal = (card) => encryptTo(key, { ...card, ...claims, jti: crypto.randomUUID() });
    return {
      encrypted_card: await seal({ ...kept, cvc: digitsOf(typed.code) }),
      ...(save && { encrypted_card_to_save: await seal(kept) }),
      card: { brand: brandOf(number), last4: number.slice(-4) },
    };
  }
}
