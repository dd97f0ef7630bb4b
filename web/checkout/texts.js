/** The hosted page's own words. */

/** @typedef {{title: string, pay: string, back: string, offline: string, unknown: string}} PageTexts */

/** @type {Record<string, PageTexts>} */
const TEXTS = {
  en: {
    title: "Payment",
    pay: "Pay {amount}",
    back: "Back to {merchant}",
    offline: "There is no connection. Trying again …",
    unknown: "There is no such payment. Go back to the shop.",
  },
  de: {
    title: "Zahlung",
    pay: "{amount} bezahlen",
    back: "Zurück zu {merchant}",
    offline: "Keine Verbindung. Neuer Versuch …",
    unknown: "Diese Zahlung gibt es nicht. Bitte zurück zum Shop.",
  },
  fr: {
    title: "Paiement",
    pay: "Payer {amount}",
    back: "Retour à {merchant}",
    offline: "Pas de connexion. Nouvel essai …",
    unknown: "Ce paiement n’existe pas. Retournez à la boutique.",
  },
  es: {
    title: "Pago",
    pay: "Pagar {amount}",
    back: "Volver a {merchant}",
    offline: "No hay conexión. Intentándolo de nuevo …",
    unknown: "Este pago no existe. Vuelva a la tienda.",
  },
  ja: {
    title: "お支払い",
    pay: "{amount} を支払う",
    back: "{merchant} に戻る",
    offline: "接続できません。再試行しています…",
    unknown: "このお支払いは見つかりません。ショップにお戻りください。",
  },
  ar: {
    title: "الدفع",
    pay: "ادفع {amount}",
    back: "العودة إلى {merchant}",
    offline: "لا يوجد اتصال. نحاول مرة أخرى …",
    unknown: "لا توجد دفعة بهذا الرقم. عد إلى المتجر.",
  },
};

/** @param {string} language One that the fields have. @returns {PageTexts} */
export function pageTextsOf(language) {
  return /** @type {PageTexts} */ (TEXTS[language]);
}
