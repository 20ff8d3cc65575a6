package fivefold.lab.site;

import fivefold.lab.exhibit.Exhibit;
import fivefold.lab.exhibit.Exhibits;
import fivefold.lab.exhibit.Language;
import fivefold.lab.exhibit.Outcome;
import fivefold.lab.exhibit.Scale;
import fivefold.lab.exhibit.Texts;
import fivefold.lab.exhibit.page.HtmlPage;
import fivefold.lab.exhibit.page.Visit;
import fivefold.lab.record.Machine;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/** {@code /exhibit?name=NAME&guess=N&lang=en}: runs an exhibit, and sends what it shows. */
final class ExhibitRun extends LiveRun {
  private final Machine machine;

  ExhibitRun(Machine machine, Semaphore turn) {
    super(turn);
    this.machine = machine;
  }

  @Override
  void run(Query query, EventStream events) throws IOException, InterruptedException {
    Language language = query.language();
    Exhibit exhibit =
        Exhibits.named(query.text("name"))
            .orElseThrow(() -> new IllegalArgumentException("no such exhibit"));
    int guesses = Texts.of(exhibit.name(), language).guesses().size();
    int guess = query.number("guess", Visit.NO_GUESS, guesses, Visit.NO_GUESS);
    events.send("progress", Texts.shared(language).say("running"));
    Outcome outcome = exhibit.run(Scale.FULL);
    Visit visit = new Visit(exhibit, guess, outcome, machine);
    events.send("html", HtmlPage.afterRun(visit, language));
  }
}
