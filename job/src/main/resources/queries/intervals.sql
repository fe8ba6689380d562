-- Seconds between the blocks of the chain and their parents, by bits. The genesis block is ignored, as its time is a
-- setting.
SELECT child.bits,
       count(*) AS blocks,
       min(child.height) AS from_height,
       max(child.height) AS to_height,
       round(avg(unix_micros(child.mined_at) - unix_micros(parent.mined_at)) / 1e6, 3) AS mean_seconds,
       round(percentile_approx(unix_micros(child.mined_at) - unix_micros(parent.mined_at), 0.5) / 1e6, 3) AS median_seconds,
       round(min(unix_micros(child.mined_at) - unix_micros(parent.mined_at)) / 1e6, 3) AS shortest_seconds,
       round(max(unix_micros(child.mined_at) - unix_micros(parent.mined_at)) / 1e6, 3) AS longest_seconds
FROM chain AS child
JOIN chain AS parent ON child.previous_hash = parent.hash
WHERE parent.height > 0
GROUP BY child.bits
ORDER BY from_height
