package fivefold.lab.site;

import fivefold.lab.load.ConnectionSample;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * What the page is told of the connections: how many do what, with the longest wait among them, and
 * of the first ones each by itself.
 */
final class ConnectionsJson {
  static final int DRAWN_LIMIT = 200;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long NANOS_PER_MICRO = 1_000;

  private ConnectionsJson() {}

  static String of(List<ConnectionSample> samples, @Nullable SocketQueues queues) {
    Map<Doing, Integer> counts = new EnumMap<>(Doing.class);
    Map<Doing, Long> longest = new EnumMap<>(Doing.class);
    StringBuilder letters = new StringBuilder();
    for (ConnectionSample sample : samples) {
      Doing doing = Doing.of(sample, queues);
      counts.merge(doing, 1, Integer::sum);
      longest.merge(doing, sample.waitedNanos() / NANOS_PER_MICRO, Long::max);
      if (letters.length() < DRAWN_LIMIT) {
        letters.append(doing.letter());
      }
    }
    List<ConnectionSample> drawn = samples.subList(0, letters.length());
    return JSON.writeValueAsString(
        Map.of(
            "connections", samples.size(),
            "counts", byWord(counts),
            "longestMicros", byWord(longest),
            "doing", letters.toString(),
            "waitedMicros",
                drawn.stream().map(sample -> sample.waitedNanos() / NANOS_PER_MICRO).toList(),
            "replies", drawn.stream().map(ConnectionSample::replies).toList()));
  }

  private static <T> Map<String, T> byWord(Map<Doing, T> figures) {
    Map<String, T> named = new HashMap<>();
    figures.forEach((doing, figure) -> named.put(doing.word(), figure));
    return named;
  }
}
