/** What a field shows while it is typed in, and where the caret stands then. */

import { brandOf, groupsOf } from "./brands.js";

const LONGEST_NUMBER = 19;

/** The digits of a text, whatever keyboard they come from. @param {string} text */
export function digitsOf(text) {
  return text
    .normalize("NFKC") // full-width digits
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/[^0-9]/g, "");
}

/** @param {string} text */
export function formatNumber(text) {
  let rest = digitsOf(text).slice(0, LONGEST_NUMBER);
  const groups = [];
  for (const length of groupsOf(brandOf(rest))) {
    if (rest) groups.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return groups.join(" ");
}

/**
 * `MM / YY`, or with four digits of the year where they were given.
 * @param {string} text
 * @param {boolean} deleting
 */
export function formatExpiry(text, deleting) {
  const [first = ""] = text.trim().split(/[/\s.-]/, 1);
  const separated = first !== text.trim();
  let digits = digitsOf(text);
  const lone = digitsOf(first).length === 1 && (separated || /^[2-9]/.test(digits));
  if (lone && !deleting) digits = `0${digits}`;
  const [month, year] = [digits.slice(0, 2), digits.slice(2, 6)];
  if (year) return `${month} / ${year}`;
  return month.length === 2 && !deleting ? `${month} / ` : month;
}

/** @param {string} text */
export function formatCode(text) {
  return digitsOf(text).slice(0, 4);
}

/**
 * Shows every input as `format` says. The caret stays with the digit that it stood behind.
 * @param {HTMLInputElement} input
 * @param {(text: string, deleting: boolean) => string} format
 */
export function keepFormatted(input, format) {
  /** @param {boolean} deleting */
  const show = (deleting) => {
    const typed = input.value;
    const caret = input.selectionStart ?? typed.length;
    const shown = format(typed, deleting);
    if (shown === typed) return;
    input.value = shown;
    if (document.activeElement !== input) return; // filled in by the browser
    const place = caret === typed.length ? shown.length : placeOf(shown, digitsOf(typed.slice(0, caret)).length);
    input.setSelectionRange(place, place);
  };
  input.addEventListener("input", (event) => {
    const { isComposing, inputType = "" } = /** @type {InputEvent} */ (event);
    if (!isComposing) show(inputType.startsWith("delete"));
  });
  input.addEventListener("compositionend", () => show(false));
}

/** Behind so many digits of the text. @param {string} text @param {number} digits */
function placeOf(text, digits) {
  let place = 0;
  for (let passed = 0; passed < digits && place < text.length; place++) {
    if (/[0-9]/.test(text[place] ?? "")) passed++;
  }
  return place;
}
