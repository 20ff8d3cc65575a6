package fivefold.cli;

import fivefold.lab.compare.ThisMachine;
import fivefold.lab.figures.Experiment;
import fivefold.lab.figures.Figures;
import fivefold.lab.figures.FiguresHtml;
import fivefold.lab.figures.FiguresSvg;
import fivefold.lab.figures.FiguresText;
import fivefold.lab.figures.Texts;
import fivefold.lab.figures.Trace;
import fivefold.net.Availability.Unavailable;
import fivefold.net.IoModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Draws how a thread waits for a message, from traces of this machine. */
@Command(
    name = "figures",
    description = {
      "Draw Stevens' figures of the I/O models from real traces of this machine: when a thread",
      "asked for a message, when it waited, when the bytes were copied and by whom, and when it was",
      "free for other work."
    },
    footer = {
      "",
      "Examples:",
      "  fivefold figures",
      "  fivefold figures --models thread,epoll --delay 5ms",
      "  fivefold figures --lang zh --out-html figures.html --out-svg figures/"
    })
final class FiguresCommand implements Callable<Integer> {
  @Option(
      names = "--models",
      paramLabel = "LIST",
      description = {
        "Of thread, nonblocking, select, poll, epoll, signal, io_uring; by default one of each of",
        "the five families: thread,nonblocking,epoll,signal,io_uring."
      })
  @Nullable String models;

  @Option(
      names = "--delay",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "From asking to sending: 1ms to 20ms (1ms).")
  Duration delay = Duration.ofMillis(1);

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      converter = ByteSize.class,
      description = "Bytes of the message, one datagram (48k).")
  int bytes = 48 * 1024;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      converter = WholeNumber.class,
      description = "Runs of each model, of which the median is drawn (21).")
  int rounds = 21;

  @Option(names = "--lang", paramLabel = "LANGUAGE", description = "en (default) or zh, Chinese.")
  String language = "en";

  @Option(names = "--ascii", description = "Draw with plain ASCII.")
  boolean ascii;

  @Option(
      names = "--out-html",
      paramLabel = "FILE",
      description = "Write one HTML file that needs nothing else.")
  @Nullable Path html;

  @Option(
      names = "--out-svg",
      paramLabel = "DIRECTORY",
      description = "Write each figure as SVG: thread.svg, ..., and all.svg.")
  @Nullable Path svg;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Texts texts = texts();
    FlagRange.time("--delay", delay, Experiment.LEAST_DELAY, Experiment.MOST_DELAY);
    FlagRange.whole("--size", bytes, Experiment.MOST_BYTES);
    FlagRange.whole("--rounds", rounds, Experiment.MOST_ROUNDS);
    if (html != null) {
      OutputFile.requireWritable("--out-html", html);
    }
    if (svg != null) {
      OutputFile.requireFolder("--out-svg", svg);
    }
    Figures figures = figures(new Experiment(bytes, delay, rounds));
    System.out.print(new FiguresText(texts, TerminalWidth.columns(), isUnicode()).render(figures));
    write(figures, texts);
    return 0;
  }

  private Texts texts() {
    try {
      return Texts.in(language);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--lang: " + e.getMessage(), e);
    }
  }

  private boolean isUnicode() {
    return !ascii && System.out.charset().equals(StandardCharsets.UTF_8);
  }

  private Figures figures(Experiment experiment) throws IOException, InterruptedException {
    List<Trace> traces = new ArrayList<>();
    Map<IoModel, String> skipped = new LinkedHashMap<>();
    for (IoModel model : models == null ? Experiment.FIVE : named(models)) {
      if (!(model.availability() instanceof Unavailable why)) {
        traces.add(experiment.run(model));
      } else if (models == null) {
        skipped.put(model, why.reason());
      } else {
        throw new FailureException(
            "model " + model + " is not available here: " + why.reason() + "; " + why.remedy());
      }
    }
    if (traces.isEmpty()) {
      throw new FailureException(
          "none of the five models is available here; see 'fivefold models'");
    }
    return new Figures(experiment, ThisMachine.describe(), traces, skipped);
  }

  private static List<IoModel> named(String words) {
    List<IoModel> named = new ArrayList<>();
    for (String word : words.split(",", -1)) {
      IoModel model = ModelRequest.oneOf(word);
      if (!Experiment.models().contains(model)) {
        throw new UsageException(
            "there is no figure of model "
                + model
                + "; expected some of "
                + Experiment.models().stream().map(IoModel::word).collect(Collectors.joining(",")));
      }
      named.add(model);
    }
    return named;
  }

  private void write(Figures figures, Texts texts) throws IOException {
    if (html != null) {
      Files.writeString(html, new FiguresHtml(texts).render(figures));
      System.out.println(texts.written(html));
    }
    if (svg != null) {
      Files.createDirectories(svg);
      for (Map.Entry<String, String> each : new FiguresSvg(texts).documents(figures).entrySet()) {
        Files.writeString(svg.resolve(each.getKey() + ".svg"), each.getValue());
      }
      System.out.println(texts.written(svg));
    }
  }
}
