/** Pays a checkout session: the same request is sent again until there is an outcome, so a lost answer costs nothing. */

/**
 * @typedef {{id: string, client_secret: string}} Session
 * @typedef {"succeeded" | "declined" | "failed" | "processing" | "expired" | "refused" | "unavailable"} Outcome
 *   `processing`: there is no outcome yet, and nothing is sent any more. The last three are certain: nothing was paid.
 */

/** Milliseconds between two requests: at first for answers that got lost, later for what the bank takes. */
const PAUSES = [500, 1000, 2000, 3000, ...Array(45).fill(4000)];
const TRIES_WITHOUT_A_PROCESSOR = 4;
const REFUSED = new Set([400, 413, 415, 422]);

/**
 * @param {import("../card/platform.js").Platform} platform
 * @param {Session} session
 * @param {string} encrypted_card
 * @param {() => void} late Told whenever an answer decides nothing.
 * @returns {Promise<Outcome>}
 */
export async function paid(platform, { id, client_secret }, encrypted_card, late) {
  let unavailable = 0;
  for (const pause of PAUSES) {
    const path = `/v1/checkout_sessions/${encodeURIComponent(id)}/pay`;
    const answer = await platform.post(path, { client_secret, encrypted_card });
    if (answer?.status === 200 && answer.body.status !== "processing") return answer.body.status;
    if (answer?.status === 404) return "expired";
    if (answer && REFUSED.has(answer.status)) return "refused";
    unavailable = answer?.status === 503 ? unavailable + 1 : 0;
    if (unavailable === TRIES_WITHOUT_A_PROCESSOR) return "unavailable";
    late();
    await new Promise((next) => setTimeout(next, pause));
  }
  return "processing";
}
