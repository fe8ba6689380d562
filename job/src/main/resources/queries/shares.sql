-- Work for pools: shares found, compared with the number expected for the hashes tried. The standard deviation of the number
-- of shares is its square root: evidence_sigmas is the difference in standard deviations; beyond ±5 something is wrong.
-- claimed_hashes is the work that the accepted difficulty stands for: difficulty * 2^32 * 65536 / 65535.
WITH worked AS (
  SELECT split(template, ' ')[1] AS pool,
         sum(hashes) AS hashes,
         sum(hashes / expected_hashes) AS expected
  FROM searches
  WHERE template LIKE 'stratum %'
  GROUP BY 1
), found AS (
  SELECT pool,
         count(*) AS shares,
         count_if(verdict = 'accepted') AS accepted,
         count_if(verdict = 'rejected') AS rejected,
         count_if(verdict = 'stale') AS stale,
         count_if(verdict = 'pending') AS pending,
         count_if(is_block) AS blocks,
         max(hash_difficulty) AS best,
         sum(CASE WHEN verdict = 'accepted' THEN difficulty ELSE 0 END) AS difficulty
  FROM shares
  GROUP BY pool
)
SELECT worked.pool,
       hashes,
       round(expected, 1) AS expected_shares,
       coalesce(shares, 0) AS shares,
       round((coalesce(shares, 0) - expected) / sqrt(expected), 2) AS evidence_sigmas,
       coalesce(accepted, 0) AS accepted,
       coalesce(rejected, 0) AS rejected,
       coalesce(stale, 0) AS stale,
       coalesce(pending, 0) AS pending,
       coalesce(blocks, 0) AS blocks,
       coalesce(best, 0) AS best_difficulty,
       CAST(coalesce(difficulty, 0) * pow(2, 48) / 65535 AS BIGINT) AS claimed_hashes,
       round(coalesce(difficulty, 0) * pow(2, 48) / 65535 / hashes, 3) AS claimed_share
FROM worked LEFT JOIN found ON worked.pool = found.pool
ORDER BY hashes DESC
