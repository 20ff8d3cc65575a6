package fivefold.testkit.sim;

/**
 * What a simulated peer does.
 *
 * @param bytes how many it sends
 * @param largestPiece it sends in pieces of random size up to this
 * @param longestThinkNanos how long it may wait before a piece, and before it reads
 * @param resets whether it breaks the connection at some moment instead of ending it
 */
public record SimScript(int bytes, int largestPiece, long longestThinkNanos, boolean resets) {}
