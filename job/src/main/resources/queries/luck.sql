-- Work done against expected: all hashes of a command's searches, and those that its finds were expected to take. Luck
-- is 1 on average; of n finds it is off by about 1 / sqrt(n).
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
