// Pays with the TypeScript client that OpenAPI Generator makes.
import { Configuration, PaymentsApi, ProblemFromJSON, RefundsApi, ResponseError } from "./made/generator";

const { BASE_URL, ACCESS_TOKEN, ENCRYPTED_CARD } = process.env as Record<string, string>;
// This generator leaves the scheme's name to the caller, where an operation has OAuth 2.
const accessToken = `Bearer ${ACCESS_TOKEN}`;
const configuration = new Configuration({ basePath: BASE_URL, accessToken });
const payments = new PaymentsApi(configuration);
const refunds = new RefundsApi(configuration);
const key = () => crypto.randomUUID();

const made = await payments.createPayment({
  idempotencyKey: key(),
  paymentRequest: {
    amount: 4999,
    currency: "USD",
    captureMethod: "manual",
    paymentMethod: { encryptedCard: ENCRYPTED_CARD },
  },
});
const id = made.id;
const read = await payments.getPayment({ id });
const captured = await payments.capturePayment({ id, idempotencyKey: key() });
const refund = await refunds.createRefund({ id, idempotencyKey: key(), refundRequest: { amount: 1500 } });
const problem = await refunds
  .createRefund({ id, idempotencyKey: key(), refundRequest: { amount: 4000 } })
  .then(() => null)
  .catch(async (error: ResponseError) => ProblemFromJSON(await error.response.json()));
console.log(
  JSON.stringify({
    id,
    made: made.status,
    read: read.status,
    created_at: read.createdAt,
    captured: captured.amountCaptured,
    refund: refund.status,
    problem: problem!.code,
  }),
);
