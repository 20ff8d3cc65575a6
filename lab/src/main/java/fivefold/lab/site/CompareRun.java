package fivefold.lab.site;

import fivefold.lab.compare.Comparison;
import fivefold.lab.compare.Contender;
import fivefold.lab.compare.CorePlan;
import fivefold.lab.compare.Lineup;
import fivefold.lab.compare.Pinning;
import fivefold.lab.load.Mix;
import fivefold.lab.record.Results;
import fivefold.lab.record.Settings;
import fivefold.lab.record.Workload;
import fivefold.lab.report.Language;
import fivefold.lab.report.TerminalReport;
import fivefold.net.Availability;
import fivefold.net.IoModel;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * {@code /compare?models=epoll,virtual&connections=64&mix=idle&rounds=7&lang=en}: runs a comparison
 * as the command does, and sends how far it is.
 */
final class CompareRun extends LiveRun {
  private static final int CONNECTIONS_LIMIT = 1000;
  private static final int ROUNDS_LIMIT = 20;
  private static final int MODELS_LIMIT = 16;
  private static final long ROUND_MILLIS = 300;
  private static final long ROUND_WARMUP_MILLIS = 150;
  private static final long WARMUP_MILLIS = 500;
  private static final int MESSAGE_BYTES = 64;

  private final List<String> fivefold;
  private final LatestReport report;

  CompareRun(List<String> fivefold, Semaphore turn, LatestReport report) {
    super(turn);
    this.fivefold = fivefold;
    this.report = report;
  }

  @Override
  void run(Query query, EventStream events) throws IOException, InterruptedException {
    if (query.text("models").isEmpty()) {
      throw new IllegalArgumentException(query.say("site.no-model"));
    }
    List<IoModel> models = models(query.text("models"));
    Language language = query.reportLanguage();
    Workload workload = workload(query);
    int rounds = query.number("rounds", 1, ROUNDS_LIMIT, 7);
    CorePlan cores = Pinning.plan(1).orElse(null);
    List<Contender> contenders = Lineup.of(models, fivefold, workload, 1);
    AtomicReference<@Nullable Comparison> running = new AtomicReference<>();
    Comparison comparison =
        new Comparison(
            settings(workload, contenders, rounds, cores),
            contenders,
            cores,
            (activity, done, left) -> tell(events, running, activity, done, left));
    running.set(comparison);
    Results results = watched(comparison, events, cores);
    report.set(results);
    events.send("text", new TerminalReport(false, language).render(results));
    events.send("report", "/report?lang=" + language.code());
  }

  private static Workload workload(Query query) {
    int connections = query.number("connections", 1, CONNECTIONS_LIMIT, 64);
    String word = query.text("mix");
    Mix mix = word.isEmpty() ? Mix.STEADY : Mix.of(word);
    if (connections < mix.leastConnections()) {
      throw new IllegalArgumentException(
          query.say("site.too-few").replace("#1", Integer.toString(mix.leastConnections())));
    }
    return new Workload(
        "echo", connections, MESSAGE_BYTES, 1, null, mix == Mix.STEADY ? null : mix.word(), null);
  }

  private static Results watched(
      Comparison comparison, EventStream events, @Nullable CorePlan cores)
      throws IOException, InterruptedException {
    boolean sparesProcessor = cores != null && cores.others().cardinality() > 1;
    try (LiveConnections connections = new LiveConnections(events, sparesProcessor)) {
      comparison.watch(connections);
      return comparison.run();
    }
  }

  private static List<IoModel> models(String words) {
    List<IoModel> models = Arrays.stream(words.split(",", -1)).map(IoModel::parse).toList();
    if (models.size() > MODELS_LIMIT) {
      throw new IllegalArgumentException("at most " + MODELS_LIMIT + " models at a time");
    }
    for (IoModel model : models) {
      if (model.availability() instanceof Availability.Unavailable why) {
        throw new IllegalArgumentException(model + " is not available here: " + why.reason());
      }
    }
    return models;
  }

  private static Settings settings(
      Workload workload, List<Contender> contenders, int rounds, @Nullable CorePlan cores) {
    List<String> names = contenders.stream().map(Contender::name).toList();
    return new Settings(
        workload,
        names,
        names.getFirst(),
        rounds,
        ROUND_MILLIS,
        ROUND_WARMUP_MILLIS,
        WARMUP_MILLIS,
        1,
        cores == null ? null : CorePlan.describe(cores.server()),
        cores == null ? null : CorePlan.describe(cores.load()),
        List.of());
  }

  /** When the page has gone, nobody wants the rest. */
  private static void tell(
      EventStream events,
      AtomicReference<@Nullable Comparison> running,
      String activity,
      double done,
      Duration left) {
    try {
      events.send(
          "progress", Math.round(done * 100) + " %, " + activity + ", " + left.toSeconds() + " s");
    } catch (IOException gone) {
      Comparison comparison = running.get();
      if (comparison != null) {
        comparison.stop();
      }
    }
  }
}
