/**
 * Loads the card fields into a page that is built with a bundler: what the npm package exports. The script itself
 * always comes from the platform's own origin, never from a bundle.
 */

/** @type {Map<string, Promise<typeof import("./tollgate.d.ts").Tollgate>>} */
const loading = new Map();

/**
 * @param {string} source
 * @param {{integrity?: string}} options
 */
export function loadTollgate(source, { integrity } = {}) {
  const begun = loading.get(source) ?? begin(source, integrity);
  loading.set(source, begun);
  begun.catch(() => loading.delete(source)); // so that another try is one
  return begun;
}

/**
 * @param {string} source
 * @param {string | undefined} integrity
 * @returns {Promise<typeof import("./tollgate.d.ts").Tollgate>}
 */
function begin(source, integrity) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.type = "module";
    script.crossOrigin = "anonymous";
    if (integrity) script.integrity = integrity;
    script.addEventListener("load", () => resolve(/** @type {any} */ (globalThis).Tollgate));
    script.addEventListener("error", () => {
      script.remove();
      reject(new Error(`${source} can't be loaded, or isn't what its hash says.`));
    });
    script.src = source;
    document.head.append(script);
  });
}
