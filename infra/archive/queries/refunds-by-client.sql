-- Refunds that the processor approved, in minor units, by client. Fill in: export of payments.
SELECT operation."by".l[2].s AS client,
       item.merchant.s AS merchant,
       item.currency.s AS currency,
       count(*) AS refunds,
       sum(CAST(operation.outcome.m.amount.n AS bigint)) AS amount
FROM payments
CROSS JOIN UNNEST(item.operations.l) AS operations (operation)
WHERE export_id = ?
  AND operation.kind.s = 'refund'
  AND operation.outcome.m.approved.s IS NOT NULL
GROUP BY 1, 2, 3
ORDER BY 5 DESC
