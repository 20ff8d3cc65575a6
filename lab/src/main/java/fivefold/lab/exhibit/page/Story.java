package fivefold.lab.exhibit.page;

import fivefold.lab.exhibit.Figure;
import fivefold.lab.exhibit.Language;
import fivefold.lab.exhibit.Outcome;
import fivefold.lab.exhibit.Texts;
import fivefold.lab.exhibit.Words;
import fivefold.lab.record.Machine;
import java.util.List;

/** What a page says of a visit, in the order of every page; the pages differ by their markup. */
final class Story {
  private final Visit visit;
  private final Texts texts;

  Story(Visit visit, Language language) {
    this.visit = visit;
    this.texts = Texts.of(visit.exhibit().name(), language);
  }

  String name() {
    return visit.exhibit().name();
  }

  Texts texts() {
    return texts;
  }

  String title() {
    return texts.say("title");
  }

  String question() {
    return texts.say("question");
  }

  List<String> guesses() {
    return texts.guesses();
  }

  /** What was run, before anything is measured. */
  String method() {
    return texts.say("method");
  }

  List<Figure> figures() {
    return visit.outcome().figures();
  }

  /** How the guess, if any, compares with the run. */
  String answer() {
    Outcome outcome = visit.outcome();
    if (outcome.answer() == 0) {
      return texts.say("answer.none");
    }
    Words words =
        Words.of(answerKey(outcome))
            .with("answer", outcome.answer())
            .with("text", texts.say("guess." + outcome.answer()))
            .with("guess", visit.guess());
    return texts.say(words);
  }

  private String answerKey(Outcome outcome) {
    if (visit.guess() == Visit.NO_GUESS) {
      return "answer.unasked";
    }
    return visit.guess() == outcome.answer() ? "answer.right" : "answer.other";
  }

  List<String> findings() {
    return visit.outcome().findings().stream().map(texts::say).toList();
  }

  /** How to change it. */
  String change() {
    return texts.say("change");
  }

  String machine() {
    Machine machine = visit.machine();
    return texts.say(
        Words.of("machine")
            .with("cpu", machine.cpu())
            .with("cores", machine.cores())
            .with("system", machine.operatingSystem())
            .with("jdk", machine.jdk())
            .with("date", machine.date()));
  }

  /** A heading that all exhibits share: {@code heading.question} and the like. */
  String heading(String which) {
    return texts.say("heading." + which);
  }
}
