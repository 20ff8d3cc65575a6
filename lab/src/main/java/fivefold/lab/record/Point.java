package fivefold.lab.record;

import java.util.List;

/**
 * One setting, measured on all servers.
 *
 * @param complete false when it was stopped early
 * @param warnings what makes the figures less certain, and what to do about it
 */
public record Point(Settings settings, boolean complete, List<String> warnings, List<Row> rows) {}
