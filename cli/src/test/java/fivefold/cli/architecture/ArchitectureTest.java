package fivefold.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The plan of the rooms is kept, and a breach of it would be seen. */
final class ArchitectureTest {
  private static final JavaClasses FIVEFOLD =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("fivefold");

  private static final String MINIATURE = "fivefold.cli.architecture.planted";

  private static final JavaClasses PLANTED =
      new ClassFileImporter().withImportOption(new OnlyIncludeTests()).importPackages(MINIATURE);

  static final List<ArchRule> RULES = new Plan("fivefold").rules();

  static final List<ArchRule> RULES_OF_MINIATURE = new Plan(MINIATURE).rules();

  @ParameterizedTest
  @FieldSource("RULES")
  void isKept(ArchRule rule) {
    rule.check(FIVEFOLD);
  }

  /** The rooms were really read: a rule that holds for no classes says nothing. */
  @Test
  void seesEveryRoom() {
    for (String room :
        List.of("sys", "net", "codecs", "services", "cluster", "web", "lab", "cli")) {
      assertThat(FIVEFOLD)
          .as(room)
          .anyMatch(type -> type.getPackageName().startsWith("fivefold." + room));
    }
  }

  @ParameterizedTest
  @FieldSource("RULES_OF_MINIATURE")
  void breachIsSeen(ArchRule rule) {
    EvaluationResult result = rule.evaluate(PLANTED);

    assertThat(result.hasViolation()).isTrue();
  }
}
