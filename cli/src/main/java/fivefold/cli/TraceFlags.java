package fivefold.cli;

import fivefold.lab.timeline.ChromeTrace;
import fivefold.net.IoModel;
import fivefold.net.Probe;
import fivefold.net.timeline.Timeline;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/** What a server's threads did, kept while it runs and written when it stops. */
final class TraceFlags {
  /** The last of them are kept: some seconds of a busy server, and 14 MB. */
  private static final int STAGES = 1 << 18;

  private static final long RECORDING_LIMIT_BYTES = 256L << 20;

  private static final List<String> STAGE_EVENTS =
      List.of("Wait", "Read", "Write", "Accept", "Task", "Timer", "HandlerCall");

  @Nullable Path trace;
  @Nullable Path recording;

  void addTo(Flags flags) {
    flags.value(
        "--trace",
        "FILE",
        Path::of,
        value -> trace = value,
        "Write what its threads did last, " + STAGES + " stages at most, when it stops: a trace",
        "that ui.perfetto.dev opens.");
    flags.value(
        "--record",
        "FILE",
        Path::of,
        value -> recording = value,
        "Write a recording of Flight Recorder with each wait, read, write and call of the handler",
        "when it stops, for 'jfr print' and JDK Mission Control.");
  }

  /** Before anything is opened. */
  void check(IoModel model) {
    if (trace != null) {
      OutputFile.requireWritable("--trace", trace);
    }
    if (recording != null) {
      OutputFile.requireWritable("--record", recording);
    }
    if ((trace != null || recording != null) && !model.sharesMemory()) {
      throw new UsageException(
          "--trace and --record see this process, and the model "
              + model
              + " serves in others; choose another model");
    }
  }

  /** Begins; before the server starts. */
  Tracing begin() {
    return new Tracing(
        trace == null ? null : new Timeline(STAGES), recording == null ? null : record());
  }

  private static Recording record() {
    Recording recording = new Recording();
    recording.setName("fivefold");
    recording.setMaxSize(RECORDING_LIMIT_BYTES);
    STAGE_EVENTS.forEach(
        event -> recording.enable("fivefold." + event).withThreshold(Duration.ZERO));
    recording.start();
    return recording;
  }

  /** What is being kept; closing writes it. */
  final class Tracing implements AutoCloseable {
    private final @Nullable Timeline timeline;
    private final @Nullable Recording recorded;

    private Tracing(@Nullable Timeline timeline, @Nullable Recording recorded) {
      this.timeline = timeline;
      this.recorded = recorded;
    }

    /** To be given to the server. */
    List<Probe> probes() {
      return timeline == null ? List.of() : List.of(timeline);
    }

    @Override
    public void close() throws IOException {
      if (timeline != null && trace != null) {
        ChromeTrace.write(trace, timeline.times(), timeline.forgotten());
        log("trace: " + trace + ", " + Files.size(trace) + " bytes");
      }
      if (recorded != null && recording != null) {
        recorded.stop();
        recorded.dump(recording);
        recorded.close();
        log("recording: " + recording + ", " + Files.size(recording) + " bytes");
      }
    }

    private static void log(String message) {
      System.getLogger("fivefold.serve").log(Level.INFO, message);
    }
  }
}
