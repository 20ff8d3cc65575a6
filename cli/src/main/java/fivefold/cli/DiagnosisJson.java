package fivefold.cli;

import fivefold.lab.doctor.Diagnosis;
import fivefold.lab.doctor.Finding;
import fivefold.lab.doctor.Mend;
import fivefold.lab.doctor.Section;
import java.io.StringWriter;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A diagnosis as JSON, for programs. */
final class DiagnosisJson {
  private static final int SCHEMA = 1;

  private DiagnosisJson() {}

  static String text(Diagnosis diagnosis) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeNumberProperty("schema", SCHEMA);
      json.writeArrayPropertyStart("findings");
      for (Section section : diagnosis.sections()) {
        section.findings().forEach(finding -> write(json, section.title(), finding));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, String subject, Finding finding) {
    json.writeStartObject();
    json.writeStringProperty("subject", subject);
    json.writeStringProperty("name", finding.name());
    json.writeStringProperty("status", finding.status().name().toLowerCase(Locale.ROOT));
    json.writeStringProperty("value", finding.value());
    json.writeStringProperty("effect", finding.effect());
    Mend mend = finding.mend();
    if (mend != null) {
      json.writeStringProperty("now", mend.now());
      if (mend.lasting() != null) {
        json.writeStringProperty("keep", mend.lasting());
      }
    }
    json.writeEndObject();
  }
}
