package fivefold.cli;

import fivefold.net.Availability.Unavailable;
import fivefold.net.IoModel;
import fivefold.net.ModelChoice;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The models as JSON, for programs. */
final class ModelsJson {
  private static final int SCHEMA = 1;

  private ModelsJson() {}

  static String text() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeNumberProperty("schema", SCHEMA);
      json.writeArrayPropertyStart("models");
      IoModel.all().forEach(model -> write(json, model));
      json.writeEndArray();
      json.writeObjectPropertyStart("auto");
      write(json, IoModel.auto());
      json.writeEndObject();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, IoModel model) {
    json.writeStartObject();
    json.writeStringProperty("model", model.word());
    json.writeStringProperty("family", model.family().word());
    json.writeStringProperty("summary", model.summary());
    json.writeBooleanProperty("datagrams", model.servesDatagrams());
    json.writeStringProperty("unixSockets", model.unixSockets().word());
    Unavailable why = model.availability() instanceof Unavailable unavailable ? unavailable : null;
    json.writeBooleanProperty("available", why == null);
    if (why != null) {
      explain(json, why.reason(), why.remedy());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, ModelChoice choice) {
    json.writeStringProperty("model", choice.model().word());
    json.writeArrayPropertyStart("order");
    choice.order().forEach(model -> json.writeString(model.word()));
    json.writeEndArray();
    json.writeArrayPropertyStart("passedOver");
    for (ModelChoice.PassedOver other : choice.passedOver()) {
      json.writeStartObject();
      json.writeStringProperty("model", other.model().word());
      explain(json, other.reason(), other.remedy());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void explain(JsonGenerator json, String reason, @Nullable String remedy) {
    json.writeStringProperty("reason", reason);
    if (remedy != null) {
      json.writeStringProperty("remedy", remedy);
    }
  }
}
