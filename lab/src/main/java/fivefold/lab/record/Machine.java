package fivefold.lab.record;

import org.jspecify.annotations.Nullable;

/**
 * Where it was measured.
 *
 * @param governor how the processor's frequency is chosen; null when unknown, as in most virtual
 *     machines
 * @param virtual whether it is a virtual machine; null when unknown
 * @param date ISO 8601 with the offset
 */
public record Machine(
    String cpu,
    int cores,
    String operatingSystem,
    String jdk,
    @Nullable String governor,
    @Nullable Boolean virtual,
    @Nullable Long memoryBytes,
    String date) {}
