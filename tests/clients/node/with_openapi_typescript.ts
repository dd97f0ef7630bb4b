// Pays with openapi-fetch, over the types that openapi-typescript makes.
import createClient from "openapi-fetch";
import type { paths } from "./made/schema";

const { BASE_URL, ACCESS_TOKEN, ENCRYPTED_CARD } = process.env as Record<string, string>;
const client = createClient<paths>({
  baseUrl: BASE_URL,
  headers: { Authorization: `Bearer ${ACCESS_TOKEN}` },
});
const key = () => ({ "Idempotency-Key": crypto.randomUUID() });

const { data: made } = await client.POST("/v1/payments", {
  params: { header: key() },
  body: {
    amount: 4999,
    currency: "USD",
    capture_method: "manual",
    payment_method: { encrypted_card: ENCRYPTED_CARD },
  },
});
const path = { id: made!.id };
const { data: read } = await client.GET("/v1/payments/{id}", { params: { path } });
const { data: captured } = await client.POST("/v1/payments/{id}/captures", {
  params: { path, header: key() },
});
const { data: refund } = await client.POST("/v1/payments/{id}/refunds", {
  params: { path, header: key() },
  body: { amount: 1500 },
});
const { error: problem } = await client.POST("/v1/payments/{id}/refunds", {
  params: { path, header: key() },
  body: { amount: 4000 },
});
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
