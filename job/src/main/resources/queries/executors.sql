-- Evidence of work: the lowest of n hashes is about 2^256 / n, so lowest * n / 2^256 has a mean of 1 over honest rows, and
-- exceeds x with probability e^-x. If the mean of an executor is far from 1, it did not do the work that it reported.
-- evidence_sigmas is the deviation in standard deviations; above 5 the executor stands out.
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
