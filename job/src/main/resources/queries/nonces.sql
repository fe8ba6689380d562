-- Distribution of the nonces of all blocks, in sixteenths of 2^32. Searches start at 0, so blocks found quickly have low
-- nonces. The genesis block is ignored, as it was not mined.
SELECT nonce DIV 268435456 AS sixteenth,
       count(*) AS blocks,
       round(count(*) / max(everything.blocks), 4) AS share,
       min(nonce) AS lowest_nonce,
       max(nonce) AS highest_nonce
FROM blocks
CROSS JOIN (SELECT count(*) AS blocks FROM blocks WHERE height > 0) AS everything
WHERE height > 0
GROUP BY nonce DIV 268435456
ORDER BY sixteenth
