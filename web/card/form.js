/** The fields: what is typed, what is wrong with it, and when to say so. */

import { BRAND_NAMES, brandOf } from "./brands.js";
import { digitsOf, formatCode, formatExpiry, formatNumber, keepFormatted } from "./format.js";
import { faultOf } from "./rules.js";

/**
 * @typedef {import("../tollgate.d.ts").Changed} Changed
 * @typedef {import("./rules.js").Field} Field
 * @typedef {import("./rules.js").Typed} Typed
 */

/** @type {Field[]} */
const FIELDS = ["number", "expiry", "code", "name"];

/** @param {string} id @returns {HTMLElement} */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @param {Field} field */
const inputOf = (field) => /** @type {HTMLInputElement} */ (part(field));

export class Form {
  element = /** @type {HTMLFormElement} */ (document.forms[0]);
  /** @type {(state: Changed) => void} */ onchange = () => {};
  /** @type {() => void} */ onsubmit = () => {};
  /** @type {Set<Field>} */ #left = new Set();
  #told = "";

  /**
   * Shows the fields, empty. `now`: the time in Unix seconds.
   * @param {import("./options.js").Appearance} appearance
   * @param {import("./texts.js").Texts} texts
   * @param {() => number} now
   */
  constructor(appearance, texts, now) {
    this.texts = texts;
    this.now = now;
    this.fields = FIELDS.filter((field) => field !== "name" || appearance.name);
    this.#show(appearance);
    keepFormatted(inputOf("number"), formatNumber);
    keepFormatted(inputOf("expiry"), formatExpiry);
    keepFormatted(inputOf("code"), formatCode);
    for (const field of this.fields) {
      inputOf(field).addEventListener("input", () => this.#update());
      inputOf(field).addEventListener("blur", () => this.#leave(field));
    }
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) this.onsubmit();
    });
    this.clear();
  }

  /** @returns {Typed} */
  typed() {
    const [number, expiry, code] = [inputOf("number").value, inputOf("expiry").value, inputOf("code").value];
    return { number, expiry, code, name: this.fields.includes("name") ? inputOf("name").value : "" };
  }

  /** The wrong fields. They say what is wrong, and the first gets the focus. */
  check() {
    for (const field of this.fields) this.#left.add(field);
    this.#update();
    const wrong = this.#wrong();
    if (wrong[0]) inputOf(wrong[0]).focus();
    return wrong;
  }

  focus() {
    inputOf(this.#wrong()[0] ?? "number").focus();
  }

  clear() {
    this.element.reset();
    this.#left.clear();
    this.#update();
  }

  /** @param {import("./options.js").Appearance} appearance */
  #show({ direction, theme, styles }) {
    const root = document.documentElement;
    Object.assign(root, { lang: this.texts.language, dir: direction });
    root.dataset["theme"] = theme;
    for (const [name, value] of styles) root.style.setProperty(name, value);
    document.title = this.texts.title;
    for (const field of FIELDS) {
      const label = /** @type {HTMLElement} */ (document.querySelector(`label[for="${field}"]`));
      label.textContent = this.texts[field];
    }
    inputOf("expiry").placeholder = this.texts.expiry_form;
    const name = /** @type {HTMLElement} */ (inputOf("name").closest(".field"));
    name.hidden = !this.fields.includes("name");
    this.element.hidden = false;
  }

  /** An empty field that is passed by isn't wrong yet. @param {Field} field */
  #leave(field) {
    if (inputOf(field).value) this.#left.add(field);
    this.#update();
  }

  #wrong() {
    return this.fields.filter((field) => faultOf(field, this.typed(), this.now()));
  }

  /** Says what is wrong with fields that were left, and tells the page if anything is new for it. */
  #update() {
    const typed = this.typed();
    const brand = brandOf(digitsOf(typed.number));
    write("brand", BRAND_NAMES[brand]);
    for (const field of this.fields) {
      const fault = this.#left.has(field) && faultOf(field, typed, this.now());
      inputOf(field).setAttribute("aria-invalid", String(Boolean(fault)));
      write(`${field}-error`, fault ? this.texts[fault] : "");
    }
    const wrong = this.#wrong();
    const state = { brand, complete: !wrong.length, invalid: wrong.filter((field) => this.#left.has(field)) };
    if (JSON.stringify(state) !== this.#told) this.onchange(state);
    this.#told = JSON.stringify(state);
  }
}

/** What is written anew is announced anew. @param {string} id @param {string} text */
function write(id, text) {
  const element = part(id);
  if (element.textContent !== text) element.textContent = text;
}
