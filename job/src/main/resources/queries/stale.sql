-- Blocks that are not on the chain, by miner. The genesis block is ignored, as it was not mined.
SELECT coalesce(miner, 'all') AS miner,
       count(*) AS blocks,
       count(*) - count(chain.hash) AS stale,
       round((count(*) - count(chain.hash)) / count(*), 4) AS stale_rate
FROM (SELECT hash, miner FROM blocks WHERE height > 0) AS blocks
LEFT JOIN (SELECT hash FROM chain) AS chain ON blocks.hash = chain.hash
GROUP BY ROLLUP (miner)
ORDER BY grouping_id(), blocks DESC, miner
