-- Coverage of each search: the positions tried, gaps between them, and positions tried by two rows.
WITH ordered AS (
  SELECT search_id, `from`, `to`, solution,
         max(`to`) OVER (PARTITION BY search_id ORDER BY `from`, `to`
                         ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
  FROM ranges
)
SELECT search_id,
       min(`from`) AS covered_from,
       max(`to`) AS covered_to,
       count(*) AS intervals,
       sum(`to` - `from`) AS positions,
       sum(greatest(0, `from` - coalesce(reached, `from`))) AS gap,
       sum(greatest(0, least(`to`, coalesce(reached, `from`)) - `from`)) AS overlap,
       min(solution) AS lowest_solution
FROM ordered
GROUP BY search_id
ORDER BY search_id
