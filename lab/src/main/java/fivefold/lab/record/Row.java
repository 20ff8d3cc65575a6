package fivefold.lab.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table.
 *
 * @param name tells it from the others, also where one model is measured twice
 * @param model the word on the command line
 * @param family the textbook's name of the I/O model, such as {@code multiplexing}
 * @param connections how many it was measured with; fewer than asked for when a limit cuts it off
 * @param notes what a reader must know about this row
 * @param error why there are no more rounds, or null
 * @param once what is measured outside of the rounds; null when that was not reached
 * @param rounds those that were finished
 * @param summary null when no round was finished
 * @param latencyCurve over all rounds together
 * @param latencyHistogram the same in full: HdrHistogram's V2 encoding, compressed, in Base64;
 *     nanoseconds
 */
public record Row(
    String name,
    String model,
    String family,
    int connections,
    List<String> notes,
    @Nullable String error,
    @Nullable OnceFigures once,
    List<RoundFigures> rounds,
    @Nullable Summary summary,
    List<LatencyPoint> latencyCurve,
    @Nullable String latencyHistogram) {}
