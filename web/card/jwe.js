/** A compact JWE (RFC 7516) with RSA-OAEP-256 and A256GCM, by the browser's own cryptography. */

/** @typedef {{kid: string, kty: string, n: string, e: string}} CardKey An RSA key of the platform's key set. */

/** @param {string} text */
const utf8 = (text) => new TextEncoder().encode(text);

/** @param {ArrayBuffer | Uint8Array<ArrayBuffer>} bytes */
const base64url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** @param {CardKey} key @param {object} claims */
export async function encryptTo({ kid, kty, n, e }, claims) {
  const rsa = { name: "RSA-OAEP", hash: "SHA-256" };
  const publicKey = await crypto.subtle.importKey("jwk", { kty, n, e }, rsa, false, ["wrapKey"]);
  const contentKey = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt"]);
  const wrapped = await crypto.subtle.wrapKey("raw", contentKey, publicKey, "RSA-OAEP");
  const header = base64url(utf8(JSON.stringify({ alg: "RSA-OAEP-256", enc: "A256GCM", kid })));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const options = { name: "AES-GCM", iv, additionalData: utf8(header) };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(options, contentKey, utf8(JSON.stringify(claims))));
  // WebCrypto leaves the tag at the end of the ciphertext; a JWE has it apart.
  const parts = [wrapped, iv, sealed.slice(0, -16), sealed.slice(-16)];
  return [header, ...parts.map((part) => base64url(part))].join(".");
}
