// The payment as its three witnesses tell it.

import { money } from "./money.js";

const part = (id) => document.getElementById(id);

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

export function showTimeline({ entries, payment, refunds, books }) {
  part("happened").hidden = !entries.length;
  part("facts").replaceChildren(...facts(payment, refunds, books).flatMap(([name, value]) => [
    element("dt", name),
    element("dd", value),
  ]));
  part("entries").replaceChildren(...entries.map(({ at, who, what, amount, currency, chain = "" }) => {
    const row = document.createElement("tr");
    const whole = amount ? `${what} of ${money(amount, currency)}` : what;
    row.append(...[at.slice(11, 23), who, whole, chain].map((text) => element("td", text)));
    return row;
  }));
}

function facts(payment, refunds, books) {
  if (!payment) return [];
  const card = payment.payment_method.card;
  const said = [
    ["Payment", `${payment.id} is ${payment.status}: ${money(payment.amount_captured, payment.currency)} taken, ` +
      `${money(payment.amount_refunded, payment.currency)} given back`],
    ["Card", `${card.brand} … ${card.last4}`],
  ];
  if (books) said.push(["The processor says", `${books.id}: ${books.status}, ${books.message}; next it allows ` +
    `${books.operations.join(", ") || "nothing"}`]);
  if (payment.failure) said.push(["Why not", payment.failure.message]);
  if (payment.next_check_at) said.push(["Next look", payment.next_check_at]);
  return said.concat(refunds.map((each) => ["Refund", `${each.id}: ${money(each.amount, each.currency)}, ${each.status}`]));
}
