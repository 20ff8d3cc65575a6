package fivefold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.IoModel;
import fivefold.net.ModelChoice;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class ModelsTest {

  @Test
  void listsEachModelWithItsFamilyAndHowItWaits() {
    Captured run = Captured.run("models");
    assertThat(run.exitCode()).isZero();
    for (IoModel model : IoModel.all()) {
      assertThat(run.output())
          .containsPattern(
              "(?m)^\\Q%s\\E +%s +(yes|no) +(yes|no) +(yes|file|no) +\\S"
                  .formatted(model, model.family().word()));
    }
    assertThat(run.output().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void saysWhyWhatOneMayLookForIsNotThere() {
    String output = Captured.run("models").output();
    for (UnbuiltModels.Unbuilt unbuilt : UnbuiltModels.ALL) {
      assertThat(output)
          .containsPattern(
              "(?m)^%s +%s +no +- +- .*\n +why: "
                  .formatted(unbuilt.word(), unbuilt.family().word()));
    }
    assertThat(output).contains("no JDK 25 exists for that platform");
  }

  @Test
  void explainsTheChoiceOfAuto() {
    ModelChoice choice = IoModel.auto();
    String output = Captured.run("models").output();
    assertThat(output).contains("auto takes " + choice.model() + "; it tries ");
    choice
        .passedOver()
        .forEach(other -> assertThat(output).containsPattern("(?m)^  " + other.model() + " +\\S"));
  }

  @Test
  void aModelIsBuiltOrNot() {
    List<String> unbuilt = UnbuiltModels.ALL.stream().map(UnbuiltModels.Unbuilt::word).toList();
    assertThat(unbuilt)
        .doesNotContainAnyElementsOf(words())
        .doesNotHaveDuplicates()
        .contains("devpoll");
    for (String word : unbuilt) {
      Captured run = Captured.run("serve", "echo", "--model", word);
      assertThat(run.errors()).contains("model '" + word + "' is not there: ");
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
