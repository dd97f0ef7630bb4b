// The shop's page. What an integration needs is in `offer` and `pay`; the rest shows what happened.

import { money, parsed } from "./money.js";
import { showTimeline } from "./timeline.js";

const { merchant, things, behaviours, currency } = document.body.dataset;
const part = (id) => document.getElementById(id);
const asked = new URLSearchParams(location.search);
let order;
let fields;
let told = "";

async function ask(method, path, body) {
  const headers = body ? { "Content-Type": "application/json" } : {};
  const answer = await fetch(`/shop${path}`, { method, headers, body: body && JSON.stringify(body) });
  const content = await answer.json();
  if (!answer.ok) throw new Error(content.message);
  return content;
}

function offer() {
  if (fields) return;
  fields = Tollgate({ merchant }).card("#card", { locale: asked.get("locale") ?? "en" });
  fields.addEventListener("submit", pay);
  fields.addEventListener("processing", ({ detail }) => tell(detail.message));
  fields.ready.catch((reason) => tell(reason.message));
}

/** Each pays, or has it paid; true when the page is being left. */
const WAYS = {
  async server(processor) {
    const { encrypted_card } = await fields.encrypt();
    await ask("POST", `/orders/${order.id}/payment`, { encrypted_card, processor });
  },
  async page(processor) {
    const session = await ask("POST", `/orders/${order.id}/session`, { processor });
    const watching = setInterval(() => ask("GET", `/orders/${order.id}`).then(show, () => {}), 1500);
    try {
      tell(told = (await fields.pay(session)).message);
    } finally {
      clearInterval(watching);
    }
  },
  async hosted(processor) {
    const { url } = await ask("POST", `/orders/${order.id}/session`, { processor });
    location.assign(url);
    return true;
  },
};

async function pay() {
  if (part("pay").disabled) return;
  part("pay").disabled = true;
  tell(told = "");
  try {
    if (await WAYS[part("way").value](part("processor").value)) return;
  } catch (reason) {
    if (reason.name === "TollgateError") {
      tell(reason.message);
      part("pay").disabled = false;
      return;
    }
    tell("The connection was lost. Asking the shop whether it has heard of the payment …");
  }
  await follow();
  if (!order.message && !told) tell("The shop has heard of no payment, and nothing was charged. Try again.");
}

/** Asks until it is decided, and a little longer: the audit trail comes a moment later. */
async function follow() {
  for (let settled = 0; settled < 4; ) {
    try {
      show(await ask("GET", `/orders/${order.id}`));
      settled = order.status === "paying" ? 0 : settled + 1;
    } catch {
      tell("The shop can't be reached. You won't be charged twice; asking again …");
      told = "";
    }
    await new Promise((next) => setTimeout(next, 1500));
  }
}

function show(described) {
  order = described;
  document.body.dataset.status = order.status;
  for (const button of part("things").children) {
    const pressed = button.firstChild.dataset.name === order.thing;
    button.firstChild.setAttribute("aria-pressed", String(pressed));
    button.firstChild.disabled = order.status !== "open";
  }
  part("amount").textContent = money(order.amount, order.currency);
  part("paying").hidden = order.status === "paid";
  part("pay").disabled = order.status !== "open";
  part("again").hidden = order.status !== "paid";
  part("refund").hidden = !order.payment?.amount_refundable;
  if (order.message && order.message !== told) tell(told = order.message);
  part("message").classList.toggle("answer", Boolean(order.message));
  if (order.entries) showTimeline(order);
}

function tell(words) {
  if (part("message").textContent !== words) part("message").textContent = words;
}

async function choose(thing) {
  show(await ask("POST", "/orders", { thing }));
  asked.set("order", order.id);
  history.replaceState(null, "", `?${asked}`);
  offer();
}

async function refund(event) {
  event.preventDefault();
  const amount = parsed(part("refunded").value, order.currency);
  const number = order.refunds.length + 1;
  try {
    tell((await ask("POST", `/orders/${order.id}/refunds`, { amount, number })).message || "Refunded.");
    part("refund").reset();
  } catch {
    tell("The connection was lost. What was given back is below; the same part isn't given back twice.");
  }
  await follow();
}

for (const [id, { name, price }] of Object.entries(JSON.parse(things))) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", textContent: `${name}, ${money(price, currency)}` });
  button.dataset.name = name;
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => choose(id));
  const item = document.createElement("li");
  item.append(button);
  part("things").append(item);
}
for (const [name, words] of Object.entries(JSON.parse(behaviours))) {
  part("processor").add(new Option(words, name));
}
part("pay").addEventListener("click", pay);
part("refund").addEventListener("submit", refund);
part("crash").addEventListener("click", async () => {
  const { killed } = await ask("POST", "/crash", {});
  tell(killed ? "The function is gone, in the middle of its work." : "No function was running.");
});

if (asked.has("order")) {
  order = { id: asked.get("order") };
  ask("GET", `/orders/${order.id}`).then(
    (described) => {
      show(described);
      if (order.status !== "paid") offer();
      return follow();
    },
    (reason) => tell(reason.message),
  );
}
