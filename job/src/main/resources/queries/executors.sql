-- Evidence of work: of n hashes the lowest is about 2^256 / n. So lowest * n / 2^256 is 1 on average over honest rows,
-- with a chance of e^-x to be above x. An executor whose mean is far from 1 did not do what it says: evidence_sigmas
-- tells how far, in standard deviations; above 5 it stands out.
WITH evidence AS (
  SELECT host, executor, kernel, hashes,
         (CAST(conv(substr(best_hash, 1, 12), 16, 10) AS DOUBLE) * pow(2, 32)
            + CAST(conv(substr(best_hash, 13, 8), 16, 10) AS DOUBLE)) / pow(2, 80) * hashes AS ratio
  FROM ranges
  WHERE best_hash IS NOT NULL
)
SELECT host, executor, kernel,
       count(*) AS intervals,
       sum(hashes) AS hashes,
       round(avg(ratio), 3) AS evidence_mean,
       round((avg(ratio) - 1) * sqrt(count(*)), 2) AS evidence_sigmas,
       (avg(ratio) - 1) * sqrt(count(*)) > 5 AS stands_out
FROM evidence
GROUP BY host, executor, kernel
ORDER BY hashes DESC
