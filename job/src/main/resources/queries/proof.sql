-- What each search proves: positions without gap and overlap, shares found against those to expect of so many hashes, and the
-- root over its rows, recomputed, against the one that its last run told. evidence_sigmas is the deviation of the shares in
-- standard deviations; beyond 5 either way something is wrong. scripts/check-proof.py also hashes.
WITH searched AS (
  SELECT search_id, first(template) AS template, first(target) AS target, max_by(root, started_at) FILTER (WHERE root IS NOT NULL) AS told_root
  FROM searches
  GROUP BY search_id
), runs AS (
  SELECT *, min(first_at) OVER (PARTITION BY search_id, run_id) AS began
  FROM ranges
), ordered AS (
  SELECT *,
         max(`to`) OVER (PARTITION BY search_id ORDER BY `from`, `to` ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached,
         concat('[', `from`, ',', `to`, ',',
                if(best_position IS NULL, 'null,null', concat('"', best_hash, '",', best_position)), ',',
                coalesce(CAST(solution AS STRING), 'null'), ',', coalesce(share_bits, 0), ',[',
                coalesce(array_join(CAST(shares AS ARRAY<STRING>), ','), ''), '],',
                trim(BOTH '[]' FROM to_json(array(host))), ',', trim(BOTH '[]' FROM to_json(array(executor))), ',',
                trim(BOTH '[]' FROM to_json(array(kernel))), ',',
                if(device IS NULL, 'null', trim(BOTH '[]' FROM to_json(array(device)))), ',',
                unix_micros(first_at), ',', unix_micros(last_at), ']') AS leaf
  FROM runs
), proven AS (
  SELECT search_id,
         count(*) AS intervals,
         sum(`to` - `from`) AS positions,
         sum(greatest(0, `from` - coalesce(reached, `from`))) AS gap,
         sum(greatest(0, least(`to`, coalesce(reached, `from`)) - `from`)) AS overlap,
         coalesce(sum(size(shares)), 0) AS shares,
         coalesce(sum((`to` - `from`) / pow(2, share_bits)), 0) AS expected,
         transform(array_sort(collect_list(struct(began, run_id, `from`, leaf))), row -> CAST(row.leaf AS BINARY)) AS leaves
  FROM ordered
  GROUP BY search_id
)
SELECT search_id, intervals, positions, gap, overlap, shares,
       round(expected, 1) AS expected_shares,
       round((shares - expected) / nullif(sqrt(expected), 0), 2) AS evidence_sigmas,
       log_root(concat(array(CAST(concat('["search","', template, '","', target, '"]') AS BINARY)), leaves)) AS root,
       told_root
FROM proven JOIN searched USING (search_id)
ORDER BY search_id
