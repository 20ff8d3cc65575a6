package fivefold.cli;

import fivefold.net.Availability.Unavailable;
import fivefold.net.IoModel;
import java.io.PrintStream;
import java.io.StringWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Lists the I/O models. */
@Command(
    name = "models",
    description = "List the I/O models: available here, or why not and what to do.",
    footer = {
      "",
      "Examples:",
      "  fivefold models",
      "  fivefold models --json | jq -r '.models[] | select(.available) | .model'"
    })
final class ModelsCommand implements Runnable {
  private static final int JSON_SCHEMA = 1;

  @Option(names = "--json", description = "Print JSON, for programs.")
  boolean json;

  @Override
  public void run() {
    if (json) {
      System.out.println(toJson());
    } else {
      printTable(System.out);
    }
  }

  private static void printTable(PrintStream out) {
    for (IoModel model : IoModel.all()) {
      out.printf("%-12s %-13s %s%n", model, model.family().word(), state(model));
    }
    if (!ModelChoice.PLANNED.isEmpty()) {
      out.println("planned: " + String.join(", ", ModelChoice.PLANNED));
    }
  }

  private static String state(IoModel model) {
    return model.availability() instanceof Unavailable unavailable
        ? "not available: " + unavailable.reason() + "; " + unavailable.remedy()
        : "available      " + model.summary();
  }

  private static String toJson() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeNumberProperty("schema", JSON_SCHEMA);
      json.writeArrayPropertyStart("models");
      IoModel.all().forEach(model -> write(json, model));
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, IoModel model) {
    json.writeStartObject();
    json.writeStringProperty("model", model.word());
    json.writeStringProperty("family", model.family().word());
    json.writeStringProperty("summary", model.summary());
    Unavailable why = model.availability() instanceof Unavailable unavailable ? unavailable : null;
    json.writeBooleanProperty("available", why == null);
    if (why != null) {
      json.writeStringProperty("reason", why.reason());
      json.writeStringProperty("remedy", why.remedy());
    }
    json.writeEndObject();
  }
}
