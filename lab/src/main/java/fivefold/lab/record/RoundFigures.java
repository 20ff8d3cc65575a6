package fivefold.lab.record;

import org.jspecify.annotations.Nullable;

/**
 * One model in one round, as measured. What this machine cannot measure is null.
 *
 * @param round from 1
 * @param seconds the window's true length
 * @param requests answered in the window
 * @param cpuMicros CPU time of the server process per request
 * @param userMicros the part of it outside the kernel
 * @param systemMicros the part of it in the kernel
 * @param serverCores CPU time of the server over time: 1 is one core fully used
 * @param loadBusy CPU time of the load generator's thread over time: near 1 it is the bottleneck
 * @param contextSwitches of all the server's threads per request
 * @param failures connections that ended with an error or were closed by the server
 * @param mismatches replies that differ from what was due
 * @param unanswered connections that were owed a reply when none came any more
 * @param lateMicros in an open loop: how late at most 99 of 100 requests were begun that nothing
 *     but the load generator held back
 * @param unsent in an open loop: requests due in the window that had not been sent at its end
 * @param stolenCores CPU time the hypervisor took from this machine, over time
 * @param otherCores CPU time used by neither the server nor this process, over time
 * @param openMillis how long it took until all connections were open, each with its first reply
 * @param collections of the garbage of the server's JVM in the window
 * @param collectionMillis in them
 */
public record RoundFigures(
    int round,
    double seconds,
    long requests,
    double requestsPerSecond,
    @Nullable Double p50Micros,
    @Nullable Double p90Micros,
    @Nullable Double p99Micros,
    @Nullable Double p999Micros,
    @Nullable Double maxMicros,
    @Nullable Double cpuMicros,
    @Nullable Double userMicros,
    @Nullable Double systemMicros,
    @Nullable Double serverCores,
    @Nullable Double loadBusy,
    @Nullable Double contextSwitches,
    @Nullable Double threads,
    @Nullable Double rssBytes,
    long failures,
    long mismatches,
    long unanswered,
    @Nullable Double lateMicros,
    @Nullable Long unsent,
    @Nullable Double stolenCores,
    @Nullable Double otherCores,
    @Nullable Double openMillis,
    @Nullable Long collections,
    @Nullable Double collectionMillis) {

  /** All that went wrong. */
  public long errors() {
    return failures + mismatches + unanswered;
  }
}
