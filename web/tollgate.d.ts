/** Tollgate's card fields, as a shop's page sees them. */

export type Brand =
  | "visa" | "mastercard" | "amex" | "discover" | "diners" | "jcb" | "maestro" | "unionpay" | "unknown";

export type Field = "number" | "expiry" | "code" | "name";

export interface CardOptions {
  /** A BCP 47 tag. Known: ar, de, en, es, fr, ja; any other shows English. Without it the page's `lang`. */
  locale?: string;
  /** Whether the cardholder's name is asked for (default: true). */
  name?: boolean;
  /** CSS values. What isn't one refuses `ready`. Without `theme` the fields follow the page's `color-scheme`. */
  style?: {
    theme?: "light" | "dark";
    color?: string;
    background?: string;
    border?: string;
    accent?: string;
    error?: string;
    radius?: string;
    fontSize?: string;
    fontFamily?: string;
  };
}

export interface EncryptedCard {
  /** A JWE for `POST /v1/payments` or `POST /v1/tokens`: good for ten minutes and one Idempotency-Key. */
  encrypted_card: string;
  /** With `{save: true}`: a second one, without the code, for `POST /v1/tokens`. */
  encrypted_card_to_save?: string;
  card: { brand: Brand; last4: string };
}

/**
 * What has come of a checkout session. `succeeded`: it is paid. `declined`, `failed`: nothing was charged, another card
 * may be tried. `processing`: the bank hasn't decided; your server hears of it. `message` is for the shopper.
 */
export interface Paid {
  status: "succeeded" | "declined" | "failed" | "processing";
  message: string;
  card: { brand: Brand; last4: string };
}

/** `invalid`: fields that the shopper has left and that are wrong. */
export interface Changed {
  brand: Brand;
  complete: boolean;
  invalid: Field[];
}

/**
 * `code`: `incomplete` (see `fields`), `network` (the platform couldn't be reached), `failed` (the browser couldn't
 * encrypt), `interrupted` (the frame was loaded anew), `not_connected`, `invalid_options`, `no_container`. Of `pay`,
 * too, each with nothing charged: `expired` (the session is over), `refused` (no card that can be used), `unavailable`.
 * `message` is for the shopper, in the fields' language, but for the four after `failed`.
 */
export declare class TollgateError extends Error {
  code: string;
  fields: Field[];
}

export interface CardFields extends EventTarget {
  /** Fulfilled once the fields can be used; refused within ten seconds if they can't. */
  ready: Promise<void>;
  /** Refused with a `TollgateError`; wrong fields have said so to the shopper, and the first has the focus. */
  encrypt(options?: { save?: boolean }): Promise<EncryptedCard>;
  /**
   * Pays a checkout session with what is typed. However often it is called, in however many tabs, the session is paid
   * once. Without an answer the same request goes out again, for some minutes; `processing` says so meanwhile.
   */
  pay(session: { id: string; client_secret: string }): Promise<Paid>;
  focus(): void;
  clear(): void;
  destroy(): void;
  addEventListener(type: "change", listener: (event: CustomEvent<Changed>) => void): void;
  /** `submit`: the shopper has pressed Enter in a field. */
  /** `processing`: an answer to `pay` is late; `message` is for the shopper. */
  addEventListener(type: "processing", listener: (event: CustomEvent<{ message: string }>) => void): void;
  addEventListener(type: "submit", listener: (event: CustomEvent) => void): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject | null): void;
}

export declare function Tollgate(options: { merchant: string }): {
  /** Puts the fields in place of what is in `place`, an element or a selector. */
  card(place: string | Element, options?: CardOptions): CardFields;
};
