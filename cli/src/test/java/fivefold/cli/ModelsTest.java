package fivefold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.IoModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class ModelsTest {

  @Test
  void listsEachModelWithItsFamilyAndWhatIsPlanned() {
    Captured run = Captured.run("models");
    assertThat(run.exitCode()).isZero();
    List<String> planned = ModelChoice.PLANNED;
    assertThat(run.output().lines()).hasSize(IoModel.all().size() + (planned.isEmpty() ? 0 : 1));
    for (IoModel model : IoModel.all()) {
      assertThat(run.output())
          .containsPattern("(?m)^\\Q" + model + "\\E +" + model.family().word() + " +\\S");
    }
    assertThat(run.output())
        .endsWith(planned.isEmpty() ? "\n" : "planned: " + String.join(", ", planned) + "\n");
  }

  @Test
  void aModelIsBuiltOrPlanned() {
    assertThat(ModelChoice.PLANNED).doesNotContainAnyElementsOf(words()).doesNotHaveDuplicates();
    for (String word : ModelChoice.PLANNED) {
      Captured run = Captured.run("serve", "echo", "--model", word);
      assertThat(run.errors()).contains("model '" + word + "' is planned and not there yet");
      assertThat(run.exitCode()).isEqualTo(2);
    }
  }

  private static List<String> words() {
    return IoModel.all().stream().map(IoModel::word).toList();
  }

  @Test
  void printsJsonForPrograms() {
    int models = 0;
    String text = Captured.run("models", "--json").output();
    try (JsonParser json = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
      for (JsonToken token; (token = json.nextToken()) != null; ) {
        if (token == JsonToken.PROPERTY_NAME && json.currentName().equals("available")) {
          models++;
        }
      }
    }
    assertThat(models).isEqualTo(IoModel.all().size());
  }
}
