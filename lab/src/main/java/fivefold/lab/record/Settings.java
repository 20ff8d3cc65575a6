package fivefold.lab.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for.
 *
 * @param reference the row the others are compared with
 * @param durationMillis measured in each round for each model
 * @param roundWarmupMillis load before each measurement, not counted
 * @param warmupMillis load on each server after its start, not counted
 * @param loops event loops of each server
 * @param serverCores where the servers ran, such as {@code 0}; null when they were not pinned
 * @param loadCores where the load generator ran
 * @param notes what of it could not be had on this machine
 */
public record Settings(
    Workload workload,
    List<String> models,
    String reference,
    int rounds,
    long durationMillis,
    long roundWarmupMillis,
    long warmupMillis,
    int loops,
    @Nullable String serverCores,
    @Nullable String loadCores,
    List<String> notes) {}
