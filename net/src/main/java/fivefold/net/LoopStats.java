package fivefold.net;

/**
 * Where the time of one loop went; of two readings the differences count.
 *
 * @param loop the name of its thread
 * @param turns how often it came round
 * @param waitNanos spent waiting, with the kernel's work of finding what is ready
 * @param workNanos spent on handlers, tasks and timers, with the calls they made
 */
public record LoopStats(String loop, long turns, long waitNanos, long workNanos) {}
