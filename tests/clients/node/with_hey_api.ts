// Pays with the client that hey-api makes.
import { capturePayment, createPayment, createRefund, getPayment } from "./made/hey";
import { client } from "./made/hey/client.gen";

const { BASE_URL, ACCESS_TOKEN, ENCRYPTED_CARD } = process.env as Record<string, string>;
client.setConfig({ baseUrl: BASE_URL, auth: ACCESS_TOKEN });
const key = () => ({ "Idempotency-Key": crypto.randomUUID() });

const { data: made } = await createPayment({
  headers: key(),
  body: {
    amount: 4999,
    currency: "USD",
    capture_method: "manual",
    payment_method: { encrypted_card: ENCRYPTED_CARD },
  },
});
const path = { id: made!.id };
const { data: read } = await getPayment({ path });
const { data: captured } = await capturePayment({ path, headers: key() });
const { data: refund } = await createRefund({ path, headers: key(), body: { amount: 1500 } });
const { error: problem } = await createRefund({ path, headers: key(), body: { amount: 4000 } });
console.log(
  JSON.stringify({
    id: made!.id,
    made: made!.status,
    read: read!.status,
    created_at: read!.created_at,
    captured: captured!.amount_captured,
    refund: refund!.status,
    problem: problem!.code,
  }),
);
