/**
 * The loader: what a shop's page includes. It puts the card fields into the page as a frame of this origin, and
 * speaks with it over a channel of its own. No digit of a card ever comes here. Types: `tollgate.d.ts`.
 */

/**
 * @typedef {import("./tollgate.d.ts").CardOptions} CardOptions
 * @typedef {import("./tollgate.d.ts").EncryptedCard} EncryptedCard
 * @typedef {import("./tollgate.d.ts").Paid} Paid
 * @typedef {{resolve: (result: any) => void, reject: (reason: TollgateError) => void}} Call
 */

const CONNECTED_WITHIN = 10_000;

export class TollgateError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {string[]} fields
   */
  constructor(code, message, fields = []) {
    super(message);
    this.name = "TollgateError";
    this.code = code;
    this.fields = fields;
  }
}

class CardFields extends EventTarget {
  /** @type {MessagePort | undefined} */ #port;
  /** @type {Map<number, Call>} */ #calls = new Map();
  #asked = 0;
  #frame = document.createElement("iframe");

  /**
   * @param {string} merchant
   * @param {Element} container
   * @param {CardOptions} options
   */
  constructor(merchant, container, options) {
    super();
    const source = new URL("card.html", import.meta.url);
    source.searchParams.set("merchant", merchant);
    const frame = this.#frame;
    frame.title = "Card";
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin");
    frame.referrerPolicy = "no-referrer";
    Object.assign(frame.style, { display: "block", width: "100%", border: "0", height: "0" });
    const { theme, ...style } = options.style ?? {};
    const shown = theme ?? themeOf(container);
    frame.style.colorScheme = shown; // otherwise the browser paints a background behind the frame
    const direction = getComputedStyle(container).direction;
    const given = { ...options, style, theme: shown, direction };
    /** @type {Promise<void>} */
    this.ready = new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(notConnected(merchant)), CONNECTED_WITHIN);
      this.addEventListener("ready", () => (clearTimeout(late), resolve()), { once: true });
      this.addEventListener("refused", (event) => {
        clearTimeout(late);
        reject(new TollgateError("invalid_options", /** @type {CustomEvent} */ (event).detail.message));
      });
    });
    this.ready.catch((reason) => console.error(String(reason)));
    frame.addEventListener("load", () => this.#connect(source.origin, given));
    frame.src = source.href;
    container.replaceChildren(frame);
  }

  /** @param {{save?: boolean}} options @returns {Promise<EncryptedCard>} */
  encrypt({ save = false } = {}) {
    return this.#ask("encrypt", { save });
  }

  /** @param {{id: string, client_secret: string}} session @returns {Promise<Paid>} */
  pay({ id, client_secret }) {
    return this.#ask("pay", { session: { id, client_secret } });
  }

  focus() {
    this.#frame.focus();
    this.#port?.postMessage({ type: "focus" });
  }

  clear() {
    this.#port?.postMessage({ type: "clear" });
  }

  destroy() {
    this.#hangUp();
    this.#frame.remove();
  }

  /** @param {string} type @param {object} details @returns {Promise<any>} */
  async #ask(type, details) {
    await this.ready;
    return new Promise((resolve, reject) => {
      this.#calls.set(++this.#asked, { resolve, reject });
      this.#port?.postMessage({ type, id: this.#asked, ...details });
    });
  }

  /**
   * Only a document of the platform's own origin can receive the other end.
   * @param {string} origin
   * @param {object} options
   */
  #connect(origin, options) {
    this.#hangUp();
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }) => this.#hear(data);
    this.#frame.contentWindow?.postMessage({ type: "connect", options }, origin, [port2]);
  }

  /** @param {any} message */
  #hear({ type, id, ...rest }) {
    if (type === "answer") {
      const call = this.#calls.get(id);
      this.#calls.delete(id);
      if (rest.error?.fields?.length) this.focus(); // the frame alone may not take it from the shop's page
      if (rest.error) call?.reject(new TollgateError(rest.error.code, rest.error.message, rest.error.fields));
      else call?.resolve(rest.result);
    } else if (type === "height") {
      this.#frame.style.height = `${Number(rest.height)}px`;
    } else {
      if (type === "ready") this.#frame.title = String(rest.title);
      this.dispatchEvent(new CustomEvent(type, { detail: rest }));
    }
  }

  #hangUp() {
    this.#port?.close();
    for (const call of this.#calls.values()) {
      call.reject(new TollgateError("interrupted", "The card fields were loaded anew."));
    }
    this.#calls.clear();
  }
}

/** @param {string} merchant */
function notConnected(merchant) {
  const reason = `${location.origin} isn't registered for ${merchant}, or the network failed`;
  return new TollgateError("not_connected", `The card fields didn't load: ${reason}.`);
}

/** Light or dark, as the page shows the container. @param {Element} container */
function themeOf(container) {
  const schemes = getComputedStyle(container).colorScheme;
  const wanted = matchMedia("(prefers-color-scheme: dark)").matches || !schemes.includes("light");
  return schemes.includes("dark") && wanted ? "dark" : "light";
}

/** @param {{merchant: string}} options */
export function Tollgate({ merchant }) {
  return {
    /**
     * @param {string | Element} place
     * @param {CardOptions} options
     */
    card(place, options = {}) {
      const container = typeof place === "string" ? document.querySelector(place) : place;
      if (!container) throw new TollgateError("no_container", `Nothing in this page is ${place}.`);
      return new CardFields(merchant, container, options);
    },
  };
}

Object.assign(globalThis, { Tollgate });
