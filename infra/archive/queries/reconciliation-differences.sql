-- Where our books and a processor's differ. Fill in: export of audits.
SELECT json_extract_scalar(item.record.s, '$.at') AS found_at,
       item.merchant.s AS merchant,
       json_extract_scalar(item.record.s, '$.resource.type') AS type,
       json_extract_scalar(item.record.s, '$.resource.id') AS resource,
       json_format(json_extract(item.record.s, '$.response.ids')) AS ids,
       item.id.s AS audit
FROM audits
WHERE export_id = ?
  AND item.action.s = 'reconciliation.difference'
ORDER BY 1 DESC
