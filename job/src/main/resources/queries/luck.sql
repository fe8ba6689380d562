-- Actual against expected work, by command: the hashes of all searches, and the expected hashes of their finds. Luck has a
-- mean of 1; for n finds it deviates by about 1 / sqrt(n).
WITH ended AS (
  SELECT search_id, command,
         max(hashes + resumed_hashes) AS hashes,
         max(CASE WHEN outcome = 'found' THEN expected_hashes END) AS expected
  FROM searches
  GROUP BY search_id, command
)
SELECT coalesce(command, 'all') AS command,
       count(*) AS searches,
       count(expected) AS finds,
       sum(hashes) AS hashes,
       round(coalesce(sum(expected), 0)) AS expected_hashes,
       round(coalesce(sum(expected), 0) / nullif(sum(hashes), 0), 3) AS luck
FROM ended
GROUP BY ROLLUP (command)
ORDER BY grouping_id(), command
