-- Who has read a payment, by itself or in a list. Fill in: export of audits, payment, payment.
SELECT json_extract_scalar(item.record.s, '$.at') AS read_at,
       item.actor.s AS client,
       item.action.s AS action,
       json_extract_scalar(item.record.s, '$.origin.ip') AS ip,
       json_extract_scalar(item.record.s, '$.request_id') AS request,
       json_extract_scalar(item.record.s, '$.response.sha256') AS sha256
FROM audits
WHERE export_id = ?
  AND item.action.s IN ('payment.read', 'payments.listed')
  AND (json_extract_scalar(item.record.s, '$.resource.id') = ?
       OR contains(CAST(json_extract(item.record.s, '$.response.ids') AS array(varchar)), ?))
ORDER BY 1
