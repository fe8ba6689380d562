-- Rate and luck of each run. Luck is the expected work divided by the actual work.
SELECT started_at, command, outcome, kernel, slots,
       hashes, round(seconds, 3) AS seconds,
       round(hashes / seconds / 1e6, 2) AS mega_hashes_per_second,
       round(expected_hashes / nullif(hashes + resumed_hashes, 0), 2) AS luck,
       round(stop_latency_ms, 1) AS stop_latency_ms
FROM searches
ORDER BY started_at
