package fivefold.cli;

import fivefold.lab.compare.ThisMachine;
import fivefold.lab.exhibit.Exhibit;
import fivefold.lab.exhibit.Exhibits;
import fivefold.lab.exhibit.Language;
import fivefold.lab.exhibit.Outcome;
import fivefold.lab.exhibit.Scale;
import fivefold.lab.exhibit.Texts;
import fivefold.lab.exhibit.page.TerminalPage;
import fivefold.lab.exhibit.page.Visit;
import fivefold.lab.record.Machine;
import fivefold.sys.Limits;
import fivefold.sys.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs claims about I/O models, and shows what this machine says to them. */
@Command(
    name = "exhibit",
    description = {
      "Run a claim about I/O models on this machine, and see what it shows. On a terminal it asks",
      "for your guess first. Without a name it lists them."
    },
    footer = {
      "",
      "Examples:",
      "  fivefold exhibit",
      "  fivefold exhibit three-tasks",
      "  fivefold exhibit busy-polling --guess 2 --lang zh",
      "  fivefold exhibit --all --out-html exhibits.html",
      "",
      "Exit code 0 when it ran, whatever it showed; 1 when it could not run, 2 for bad usage."
    })
final class ExhibitCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", paramLabel = "NAME", description = "The exhibits to run.")
  List<String> names = new ArrayList<>();

  @Option(names = "--all", description = "Run all of them, one after the other.")
  boolean all;

  @Option(
      names = "--lang",
      paramLabel = "LANG",
      description = "en or zh; else the language of the system, English where it is neither.")
  @Nullable String lang;

  @Option(
      names = "--guess",
      paramLabel = "N",
      description = "Your guess, in place of being asked; only with one exhibit.")
  @Nullable Integer guess;

  @Mixin ExhibitFiles files = new ExhibitFiles();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Language language = language();
    if (names.isEmpty() && !all) {
      if (files.areWanted()) {
        throw new UsageException("which exhibits? give their names, or --all");
      }
      if (guess != null) {
        throw new UsageException("--guess is for one exhibit; give its name");
      }
      list(language);
      return 0;
    }
    List<Exhibit> wanted = all ? Exhibits.all() : names.stream().map(this::exhibit).toList();
    checkGuess(wanted, language);
    files.check();
    requireLinux();
    Machine machine = ThisMachine.describe();
    List<Visit> visits = new ArrayList<>();
    for (Exhibit exhibit : wanted) {
      visits.add(visit(exhibit, language, machine));
    }
    files.write(visits, language);
    return 0;
  }

  private Visit visit(Exhibit exhibit, Language language, Machine machine)
      throws IOException, InterruptedException {
    TerminalPage page = new TerminalPage(language, TerminalWidth.columns(), isUnicode());
    System.out.print(page.question(exhibit));
    int guessed = guess == null ? Guess.asked(exhibit, language) : guess;
    System.out.println(Texts.shared(language).say("running") + "\n");
    Outcome outcome = exhibit.run(Scale.FULL);
    Visit visit = new Visit(exhibit, guessed, outcome, machine);
    System.out.print(page.answer(visit));
    return visit;
  }

  private static boolean isUnicode() {
    return System.out.charset().equals(StandardCharsets.UTF_8);
  }

  private static void list(Language language) {
    int width = Exhibits.all().stream().mapToInt(each -> each.name().length()).max().orElse(0);
    for (Exhibit exhibit : Exhibits.all()) {
      String title = Texts.of(exhibit.name(), language).say("title");
      System.out.println(exhibit.name() + " ".repeat(width + 2 - exhibit.name().length()) + title);
    }
  }

  private Exhibit exhibit(String name) {
    List<String> known = Exhibits.all().stream().map(Exhibit::name).toList();
    return Exhibits.named(name)
        .orElseThrow(() ->
            new UsageException(
                "unknown exhibit '"
                    + name
                    + "'; expected one of "
                    + String.join(", ", known)
                    + NearMiss.hint(name, known)));
  }

  private void checkGuess(List<Exhibit> wanted, Language language) {
    if (guess == null) {
      return;
    }
    if (wanted.size() > 1) {
      throw new UsageException("--guess is for one exhibit, not " + wanted.size());
    }
    int count = Texts.of(wanted.getFirst().name(), language).guesses().size();
    if (guess < 1 || guess > count) {
      throw new UsageException("--guess must be 1 to " + count + " here, not " + guess);
    }
  }

  private static void requireLinux() {
    Platform.unavailable()
        .ifPresent(why -> {
          throw new FailureException("the exhibits need Linux and its calls: " + why);
        });
    Limits.raiseDescriptors();
  }

  private Language language() {
    try {
      return lang == null ? Language.of(Locale.getDefault()) : Language.parse(lang);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }
}
