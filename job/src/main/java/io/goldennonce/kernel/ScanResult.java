package io.goldennonce.kernel;

/**
 * How far a scan came, and why it ended there.
 *
 * <p>Every nonce from the scan's start up to {@code end} was tried, and none beyond. If {@code
 * hit}, the last of them, {@code end − 1}, is the first whose hash is at or below the bound. If
 * not, no nonce tried was, and {@code end} is the scan's limit, or less where the scan was told to
 * stop.
 *
 * @param end the first nonce not tried
 * @param hit whether {@code end − 1} is a hit
 */
public record ScanResult(long end, boolean hit) {}
