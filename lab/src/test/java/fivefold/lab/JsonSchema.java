package fivefold.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** Checks JSON by a JSON Schema. */
public final class JsonSchema {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Schema schema;

  private JsonSchema(JsonNode schema) {
    this.schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
  }

  /** The schema in a file. */
  public static JsonSchema of(Path file) throws IOException {
    return new JsonSchema(JSON.readTree(Files.readString(file)));
  }

  /** The same, but a field that it does not name is an error, so that none goes undocumented. */
  public static JsonSchema withoutOtherFields(Path file) throws IOException {
    JsonNode schema = JSON.readTree(Files.readString(file));
    close(schema);
    return new JsonSchema(schema);
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object && object.get("properties") instanceof ObjectNode) {
      object.put("additionalProperties", false);
    }
    node.forEach(JsonSchema::close);
  }

  /** Fails with what is wrong. */
  public void check(String json) {
    assertThat(schema.validate(JSON.readTree(json))).isEmpty();
  }

  /** Fails when nothing is wrong. */
  public void refuse(String json) {
    assertThat(schema.validate(JSON.readTree(json))).isNotEmpty();
  }
}
