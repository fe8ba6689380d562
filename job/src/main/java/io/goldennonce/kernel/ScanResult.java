package io.goldennonce.kernel;

/**
 * The result of a scan.
 *
 * <p>Every nonce from the scan's start up to {@code end} was tried, and none beyond. If {@code
 * hit}, the last of them, {@code end − 1}, is the first whose hash is at or below the bound. If
 * not, no nonce tried was, and {@code end} is the scan's limit, or less if the scan was stopped.
 *
 * @param end the first nonce not tried
 * @param hit whether the nonce {@code end − 1} is a hit
 */
public record ScanResult(long end, boolean hit) {}
