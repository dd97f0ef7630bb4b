/** What a shopper is told of a payment: what is true, and no more than is known. */

/** @typedef {Record<import("./session.js").Outcome, string>} PaymentTexts */

/** @type {Record<string, PaymentTexts>} */
const TEXTS = {
  en: {
    succeeded: "Paid. Thank you!",
    declined: "The card was declined, and nothing was charged. You can try another one.",
    failed: "The payment failed, and nothing was charged. You can try again.",
    processing: "Your bank's answer is late. We are finding out; you won't be charged twice.",
    expired: "The time for this payment is over. Nothing more is charged; go back to the shop.",
    refused: "This card can't be used. Nothing was charged.",
    unavailable: "We can't take payments at the moment. Nothing was charged; try again later.",
  },
  de: {
    succeeded: "Bezahlt. Vielen Dank!",
    declined: "Die Karte wurde abgelehnt, es wurde nichts abgebucht. Sie können eine andere versuchen.",
    failed: "Die Zahlung ist fehlgeschlagen, es wurde nichts abgebucht. Sie können es noch einmal versuchen.",
    processing: "Die Antwort Ihrer Bank verspätet sich. Wir klären das; es wird nicht zweimal abgebucht.",
    expired: "Die Zeit für diese Zahlung ist abgelaufen. Es wird nichts mehr abgebucht; bitte zurück zum Shop.",
    refused: "Diese Karte kann nicht verwendet werden. Es wurde nichts abgebucht.",
    unavailable: "Zahlungen sind gerade nicht möglich. Es wurde nichts abgebucht; bitte später noch einmal versuchen.",
  },
  fr: {
    succeeded: "Payé. Merci !",
    declined: "La carte a été refusée et rien n’a été débité. Vous pouvez en essayer une autre.",
    failed: "Le paiement a échoué et rien n’a été débité. Vous pouvez réessayer.",
    processing: "La réponse de votre banque tarde. Nous vérifions ; vous ne serez pas débité deux fois.",
    expired: "Le délai de ce paiement est écoulé. Rien de plus ne sera débité ; retournez à la boutique.",
    refused: "Cette carte ne peut pas être utilisée. Rien n’a été débité.",
    unavailable: "Les paiements sont impossibles pour le moment. Rien n’a été débité ; réessayez plus tard.",
  },
  es: {
    succeeded: "Pagado. ¡Gracias!",
    declined: "La tarjeta fue rechazada y no se ha cobrado nada. Puede probar con otra.",
    failed: "El pago ha fallado y no se ha cobrado nada. Puede intentarlo de nuevo.",
    processing: "La respuesta de su banco se retrasa. Lo estamos comprobando; no se le cobrará dos veces.",
    expired: "El plazo de este pago ha terminado. No se cobrará nada más; vuelva a la tienda.",
    refused: "Esta tarjeta no se puede usar. No se ha cobrado nada.",
    unavailable: "Ahora no podemos aceptar pagos. No se ha cobrado nada; inténtelo más tarde.",
  },
  ja: {
    succeeded: "お支払いが完了しました。ありがとうございます。",
    declined: "カードは承認されませんでした。請求は行われていません。別のカードをお試しください。",
    failed: "お支払いに失敗しました。請求は行われていません。もう一度お試しください。",
    processing: "銀行からの応答が遅れています。確認中です。二重に請求されることはありません。",
    expired: "このお支払いの期限が切れました。これ以上請求されることはありません。ショップにお戻りください。",
    refused: "このカードはご利用いただけません。請求は行われていません。",
    unavailable: "現在お支払いを受け付けられません。請求は行われていません。後ほどお試しください。",
  },
  ar: {
    succeeded: "تم الدفع. شكرًا لك!",
    declined: "رُفضت البطاقة ولم يُخصم شيء. يمكنك تجربة بطاقة أخرى.",
    failed: "فشلت عملية الدفع ولم يُخصم شيء. يمكنك المحاولة مرة أخرى.",
    processing: "تأخر رد البنك. نحن نتحقق من ذلك؛ لن يُخصم المبلغ مرتين.",
    expired: "انتهت مهلة هذه الدفعة. لن يُخصم أي مبلغ آخر؛ عد إلى المتجر.",
    refused: "لا يمكن استخدام هذه البطاقة. لم يُخصم شيء.",
    unavailable: "لا يمكننا قبول المدفوعات الآن. لم يُخصم شيء؛ حاول لاحقًا.",
  },
};

/** @param {string} language One that the fields have. @returns {PaymentTexts} */
export function paymentTextsOf(language) {
  return /** @type {PaymentTexts} */ (TEXTS[language]);
}
