-- What happened to a payment. Fill in: export of audits, payment.
-- A row of several records has what they share in `record`, and in `records` what is each one's own.
WITH records AS (
  SELECT item.actor.s AS actor,
         map_concat(CAST(json_parse(item.record.s) AS map(varchar, json)), own) AS record
  FROM audits
  CROSS JOIN UNNEST(
    CAST(json_parse(coalesce(item.records.s, '[{}]')) AS array(map(varchar, json)))
  ) AS held (own)
  WHERE export_id = ?
)
SELECT CAST(record['at'] AS varchar) AS happened_at,
       CAST(record['action'] AS varchar) AS action,
       json_extract_scalar(record['resource'], '$.id') AS resource,
       CAST(record['outcome'] AS varchar) AS outcome,
       json_extract_scalar(record['response'], '$.status') AS status,
       actor,
       json_extract_scalar(record['origin'], '$.ip') AS ip,
       CAST(record['request_id'] AS varchar) AS request,
       json_extract_scalar(record['chain'], '$.hash') AS hash
FROM records
WHERE json_extract_scalar(record['chain'], '$.id') = ?
ORDER BY CAST(json_extract_scalar(record['chain'], '$.sequence') AS integer)
