-- Declined payments by day and merchant. Fill in: export of audits.
SELECT substr(json_extract_scalar(item.record.s, '$.at'), 1, 10) AS day,
       item.merchant.s AS merchant,
       count(*) AS declined
FROM audits
WHERE export_id = ?
  AND item.action.s = 'payment.declined'
GROUP BY 1, 2
ORDER BY 1, 2
