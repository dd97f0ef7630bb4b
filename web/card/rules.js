/** Whether what was typed can be a card. The platform decides the same again (runtime/tollgate/domain). */

import { brandOf, codeLengths } from "./brands.js";
import { digitsOf } from "./format.js";

const SHORTEST_NUMBER = 12;
const MAX_YEARS = 30;
const HOURS_TO_THE_LAST_TIME_ZONE = 12;

/**
 * @typedef {import("../tollgate.d.ts").Field} Field
 * @typedef {Record<Field, string>} Typed What stands in the fields.
 * @typedef {"number_incomplete" | "number_invalid" | "expiry_incomplete" | "expiry_past" | "expiry_invalid"
 *   | "code_incomplete" | "name_missing" | "name_number"} Fault
 */

/** ISO/IEC 7812-1 annex B. @param {string} digits */
export function passesLuhn(digits) {
  let sum = 0;
  [...digits].reverse().forEach((digit, place) => {
    const doubled = Number(digit) * (place % 2 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  });
  return sum % 10 === 0;
}

/** Month and full year; undefined where the text isn't both. @param {string} text */
export function expiryOf(text) {
  const digits = digitsOf(text);
  if (digits.length !== 4 && digits.length !== 6) return undefined;
  const month = Number(digits.slice(0, 2));
  const year = Number(digits.slice(2)) + (digits.length === 4 ? 2000 : 0);
  return { month, year };
}

/** @type {Record<Field, (typed: Typed, now: number) => Fault | undefined>} */
const RULES = {
  number({ number }) {
    const digits = digitsOf(number);
    if (digits.length < SHORTEST_NUMBER) return "number_incomplete";
    return digits.startsWith("0") || !passesLuhn(digits) ? "number_invalid" : undefined;
  },
  expiry({ expiry }, now) {
    const given = expiryOf(expiry);
    if (!given) return "expiry_incomplete";
    const { month, year } = given;
    if (month < 1 || month > 12) return "expiry_invalid";
    // A card is good until its month has ended everywhere on Earth.
    const there = new Date((now - HOURS_TO_THE_LAST_TIME_ZONE * 3600) * 1000);
    const ahead = (year - there.getUTCFullYear()) * 12 + month - 1 - there.getUTCMonth();
    if (ahead < 0) return "expiry_past";
    return ahead > MAX_YEARS * 12 ? "expiry_invalid" : undefined;
  },
  code({ code, number }) {
    return codeLengths(brandOf(digitsOf(number))).includes(digitsOf(code).length) ? undefined : "code_incomplete";
  },
  name({ name }) {
    if (!name.trim()) return "name_missing";
    return digitsOf(name).length >= SHORTEST_NUMBER ? "name_number" : undefined;
  },
};

/**
 * What is wrong with a field. `now`: Unix seconds.
 * @param {Field} field
 * @param {Typed} typed
 * @param {number} now
 */
export function faultOf(field, typed, now) {
  return RULES[field](typed, now);
}
