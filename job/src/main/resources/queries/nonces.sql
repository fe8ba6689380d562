-- Where the nonces of all blocks lie, in sixteenths of the 2^32 there are. A search begins at 0, so the lower ones have
-- more of the blocks that were quickly found. Nobody mined the first block.
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
