/** What the page may choose: language, direction, colours. Nothing that could carry a digit out. */

const STYLES = /** @type {const} */ ({
  color: "color",
  background: "background-color",
  border: "border-color",
  accent: "outline-color",
  error: "color",
  radius: "border-radius",
  fontSize: "font-size",
  fontFamily: "font-family",
});
const OPTIONS = new Set(["locale", "name", "style", "theme", "direction"]);

/**
 * @typedef {object} Appearance
 * @property {string} language
 * @property {"ltr" | "rtl"} direction
 * @property {"light" | "dark"} theme
 * @property {boolean} name
 * @property {[string, string][]} styles Names of custom properties (card.css), and values.
 */

/**
 * Raises `Error` that names what isn't an option or a CSS value.
 * @param {any} options
 * @returns {Appearance}
 */
export function appearanceOf({ ...options }) {
  const unknown = Object.keys(options).find((name) => !OPTIONS.has(name));
  if (unknown) throw new Error(`${unknown}: there is no such option.`);
  return {
    language: String(options.locale ?? "en"),
    direction: options.direction === "rtl" ? "rtl" : "ltr",
    theme: options.theme === "dark" ? "dark" : "light",
    name: options.name !== false,
    styles: Object.entries(options.style ?? {}).map(([name, value]) => [`--${name}`, valueOf(name, value)]),
  };
}

/** @param {string} name @param {unknown} value */
function valueOf(name, value) {
  const property = Object.hasOwn(STYLES, name) && STYLES[/** @type {keyof typeof STYLES} */ (name)];
  if (!property) throw new Error(`style.${name}: there is no such option.`);
  const text = String(value);
  if (/var\(|attr\(|url\(/i.test(text) || !CSS.supports(property, text)) {
    throw new Error(`style.${name}: isn't a value of CSS's ${property}.`);
  }
  return text;
}
