package fivefold.lab.record;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The fields that results cannot do without; whoever reads them finds them there. */
final class RequiredFields {
  /** Below "" the top; the name of a list stands for each of its elements. */
  private static final Map<String, List<String>> OF =
      Map.of(
          "", List.of("fivefold", "machine", "points"),
          "machine", List.of("cpu", "operatingSystem", "jdk", "date"),
          "points", List.of("settings", "warnings", "rows"),
          "settings", List.of("workload", "models", "reference", "notes"),
          "workload", List.of("service"),
          "rows", List.of("name", "model", "family", "notes", "rounds", "latencyCurve"),
          "summary", List.of("requestsPerSecond"));

  private RequiredFields() {}

  /** The first that is missing, such as {@code points.rows.name}; null when none is. */
  static @Nullable String missing(JsonNode results) {
    return results.path("points").isEmpty() ? "points" : missing(results, "", "");
  }

  private static @Nullable String missing(JsonNode node, String name, String path) {
    for (String field : OF.getOrDefault(name, List.of())) {
      if (node.path(field).isMissingNode() || node.path(field).isNull()) {
        return path + field;
      }
    }
    for (Map.Entry<String, JsonNode> child : node.properties()) {
      String found = missingIn(child.getValue(), child.getKey(), path + child.getKey());
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable String missingIn(JsonNode value, String name, String path) {
    if (!value.isArray()) {
      return value.isNull() ? null : missing(value, name, path + ".");
    }
    for (JsonNode element : value) {
      String found = element.isNull() ? path : missing(element, name, path + ".");
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
