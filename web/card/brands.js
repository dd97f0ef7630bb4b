/** Card schemes, told by the first digits. The platform's own table is `brand_of` (runtime/tollgate/domain/card.py). */

/** @typedef {import("../tollgate.d.ts").Brand} Brand */

/** Of each scheme: ranges of first digits. The first that fits counts. @type {[Brand, [number, number][]][]} */
const RANGES = [
  ["mastercard", [[51, 55], [2221, 2720]]],
  ["amex", [[34, 34], [37, 37]]],
  ["diners", [[300, 305], [36, 36], [38, 39]]],
  ["jcb", [[3528, 3589]]],
  ["discover", [[6011, 6011], [644, 649], [65, 65]]],
  ["unionpay", [[62, 62], [81, 81]]],
  ["maestro", [[50, 50], [63, 63], [67, 67], [56, 58]]],
  ["visa", [[4, 4]]],
];

/** @type {Record<Brand, string>} */
export const BRAND_NAMES = {
  visa: "Visa",
  mastercard: "Mastercard",
  amex: "Amex",
  discover: "Discover",
  diners: "Diners Club",
  jcb: "JCB",
  maestro: "Maestro",
  unionpay: "UnionPay",
  unknown: "",
};

/** As soon as the digits so far leave no doubt. @param {string} digits @returns {Brand} */
export function brandOf(digits) {
  for (const [brand, ranges] of RANGES) {
    for (const [first, last] of ranges) {
      const length = String(first).length;
      const start = Number(digits.slice(0, length));
      if (digits.length >= length && first <= start && start <= last) return brand;
    }
  }
  return "unknown";
}

/** How many digits stand together on such a card. @param {Brand} brand @returns {number[]} */
export function groupsOf(brand) {
  return brand === "amex" || brand === "diners" ? [4, 6, 9] : [4, 4, 4, 4, 3];
}

/** The code's length. Of an unknown scheme both are possible. @param {Brand} brand @returns {number[]} */
export function codeLengths(brand) {
  if (brand === "unknown") return [3, 4];
  return brand === "amex" ? [4] : [3];
}
