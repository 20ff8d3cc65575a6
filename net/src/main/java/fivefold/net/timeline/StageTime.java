package fivefold.net.timeline;

import fivefold.net.Stage;

/**
 * A stage that is over.
 *
 * @param fromNanos by {@link System#nanoTime}
 * @param amount see {@link Stage}
 */
public record StageTime(Stage stage, Thread thread, long fromNanos, long toNanos, long amount) {}
