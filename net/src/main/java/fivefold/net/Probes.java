package fivefold.net;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The probes of one server: those it was given, and those that hear every server. */
record Probes(List<Probe> all) {
  private static final System.Logger LOG = System.getLogger("fivefold.net");

  /** Found once for the JVM. */
  private static final List<Probe> EVERYWHERE = find();

  private static List<Probe> find() {
    List<Probe> found = new ArrayList<>();
    Providers.of(Probe.class).stream()
        .forEach(provider -> {
          try {
            found.add(provider.get());
          } catch (ServiceConfigurationError | LinkageError e) {
            // Such as Flight Recorder's on a runtime without the module jdk.jfr.
            LOG.log(Level.DEBUG, "a probe cannot be used", e);
          }
        });
    return List.copyOf(found);
  }

  static Probes with(List<Probe> given) {
    return new Probes(Stream.concat(given.stream(), EVERYWHERE.stream()).toList());
  }

  /** The listener, and the probes beside it. */
  ServerListener beside(ServerListener listener) {
    List<ServerListener> everyone = new ArrayList<>();
    everyone.add(listener);
    all.forEach(probe -> everyone.add(new GuardedListener(probe)));
    return new AllListeners(List.copyOf(everyone));
  }

  Supplier<? extends StreamHandler> around(Supplier<? extends StreamHandler> handlers) {
    return all.isEmpty() ? handlers : () -> observed(handlers.get());
  }

  private StreamHandler observed(StreamHandler handler) {
    StreamHandler result =
        Objects.requireNonNull(handler, "the supplier of handlers returned null");
    for (Probe probe : all) {
      CallObserver observer = probe.observe();
      if (observer != null) {
        result = new ObservedHandler(result, new GuardedObserver(observer));
      }
    }
    return result;
  }

  /** Who hears of the stages of a server that starts now; null for nobody. */
  @Nullable StageRecorder stages() {
    StageRecorder everyone = null;
    for (Probe probe : all) {
      StageRecorder recorder = probe.stages();
      if (recorder != null) {
        everyone = everyone == null ? recorder : new BothStages(everyone, recorder);
      }
    }
    return everyone;
  }

  DatagramHandler around(DatagramHandler handler) {
    DatagramHandler result = handler;
    for (Probe probe : all) {
      result = probe.around(result);
    }
    return result;
  }

  void started(Server server) {
    tell(probe -> probe.started(server));
  }

  void stopped(Server server) {
    tell(probe -> probe.stopped(server));
  }

  private void tell(Consumer<Probe> call) {
    for (Probe probe : all) {
      try {
        call.accept(probe);
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, "a probe threw", e);
      }
    }
  }
}
