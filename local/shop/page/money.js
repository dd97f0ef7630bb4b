// Amounts are in minor units: how many digits a currency has, the browser knows.

const digitsOf = (currency) =>
  new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;

export function money(amount, currency) {
  return new Intl.NumberFormat("en", { style: "currency", currency }).format(amount / 10 ** digitsOf(currency));
}

/** Minor units of what somebody typed. */
export function parsed(text, currency) {
  return Math.round(Number(text.replace(",", ".")) * 10 ** digitsOf(currency));
}
