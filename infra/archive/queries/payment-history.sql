-- What happened to a payment. Fill in: export of audits, payment.
SELECT json_extract_scalar(item.record.s, '$.at') AS happened_at,
       item.action.s AS action,
       json_extract_scalar(item.record.s, '$.resource.id') AS resource,
       json_extract_scalar(item.record.s, '$.outcome') AS outcome,
       json_extract_scalar(item.record.s, '$.response.status') AS status,
       item.actor.s AS actor,
       json_extract_scalar(item.record.s, '$.origin.ip') AS ip,
       json_extract_scalar(item.record.s, '$.request_id') AS request,
       json_extract_scalar(item.record.s, '$.chain.hash') AS hash
FROM audits
WHERE export_id = ?
  AND json_extract_scalar(item.record.s, '$.chain.id') = ?
ORDER BY CAST(json_extract_scalar(item.record.s, '$.chain.sequence') AS integer)
