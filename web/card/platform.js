/** The platform that this frame belongs to: its key for cards, its clock, and the calls that are open to pages. */

const ANSWERS_WITHIN = 10_000;
/** Longer than the API ever takes to pay. */
const PAID_WITHIN = 35_000;

/** The platform couldn't be reached. */
export class NetworkError extends Error {}

export class Platform {
  #ahead = 0;

  /** @param {string} api The API's URL, without a slash at its end. */
  constructor(api) {
    this.api = api;
  }

  /** Unix seconds by the platform's clock as it was last heard of; until then by the shopper's. */
  now() {
    return Math.floor(Date.now() / 1000) + this.#ahead;
  }

  /**
   * The key that cards are encrypted to, and the platform's time (Unix seconds). Raises `NetworkError`.
   * @returns {Promise<{key: import("./jwe.js").CardKey, now: number}>}
   */
  async published() {
    const { keys, now } = await this.#keySet();
    this.#ahead = now - Math.floor(Date.now() / 1000);
    // The others in the set sign access tokens, or are on their way out.
    return { key: keys.find((/** @type {{use: string}} */ { use }) => use === "enc"), now };
  }

  /**
   * The answer to a call, or undefined when it got lost: what it has done then isn't known.
   * @param {string} path
   * @param {object} body
   * @returns {Promise<{status: number, body: any} | undefined>}
   */
  async post(path, body) {
    const headers = { "Content-Type": "application/json" };
    const signal = AbortSignal.timeout(PAID_WITHIN);
    const request = { method: "POST", headers, body: JSON.stringify(body), signal, cache: "no-store" };
    try {
      const answer = await fetch(this.api + path, /** @type {RequestInit} */ (request));
      return { status: answer.status, body: await answer.json() };
    } catch {
      return undefined;
    }
  }

  async #keySet() {
    try {
      const signal = AbortSignal.timeout(ANSWERS_WITHIN);
      const answer = await fetch(`${this.api}/.well-known/jwks.json`, { signal, cache: "no-store" });
      if (!answer.ok) throw new NetworkError(`The key set's answer is ${answer.status}.`);
      return await answer.json();
    } catch (cause) {
      throw new NetworkError("The key set can't be had.", { cause });
    }
  }
}
