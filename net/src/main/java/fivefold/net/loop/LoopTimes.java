package fivefold.net.loop;

/**
 * Where a loop's time went.
 *
 * @param turns how often it came round
 * @param waitNanos spent in the poller: waiting, and the kernel's work of finding what is ready
 * @param workNanos spent on handlers, tasks and timers, with the calls they made
 */
public record LoopTimes(long turns, long waitNanos, long workNanos) {}
