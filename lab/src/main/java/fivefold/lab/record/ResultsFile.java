package fivefold.lab.record;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Results as JSON; the form is described in {@code docs/results-schema.md}. */
public final class ResultsFile {
  /** A field more, within one version, is no reason to refuse a file. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private ResultsFile() {}

  /** Results as JSON. */
  public static String toJson(Results results) {
    return JSON.writeValueAsString(results) + "\n";
  }

  /** Writes a file, over one that is there. */
  public static void write(Results results, Path file) throws IOException {
    Files.writeString(file, toJson(results));
  }

  /**
   * Reads a file.
   *
   * @throws IOException with one line that says what is wrong: not readable, no results, or of a
   *     version this program does not know
   */
  public static Results read(Path file) throws IOException {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": not results of fivefold: it is not text in UTF-8", e);
    }
  }

  /** Version 2 lacks fields, which are then null: its loads were steady. */
  private static JsonNode toThisVersion(ObjectNode results, int version) {
    return version == 1 ? fromVersion1(results) : results;
  }

  /** Had its one point at the top. */
  private static JsonNode fromVersion1(ObjectNode results) {
    ObjectNode point = results.putArray("points").addObject();
    for (String field : List.of("settings", "complete", "warnings", "rows")) {
      JsonNode value = results.remove(field);
      if (value != null) {
        point.set(field, value);
      }
    }
    return results;
  }

  static Results parse(String json, String source) throws IOException {
    try {
      JsonNode tree = JSON.readTree(json);
      JsonNode schema = tree.get("schema");
      if (schema == null || !schema.isInt()) {
        throw new IOException(
            source + ": not results of fivefold: there is no whole number 'schema' in it");
      }
      if (schema.intValue() < 1 || schema.intValue() > Results.SCHEMA) {
        throw new IOException(
            "%s: written in version %d of the results, and this program knows versions 1 to %d; use the fivefold that wrote it, or a newer one"
                .formatted(source, schema.intValue(), Results.SCHEMA));
      }
      JsonNode results = toThisVersion((ObjectNode) tree, schema.intValue());
      String missing = RequiredFields.missing(results);
      if (missing != null) {
        throw new IOException(
            source + ": not results of fivefold: there is no '" + missing + "' in it");
      }
      return JSON.treeToValue(results, Results.class);
    } catch (JacksonException e) {
      throw new IOException(
          source
              + ": not results of fivefold: "
              + e.getOriginalMessage().lines().findFirst().orElse(""),
          e);
    }
  }
}
