package fivefold.metrics;

import fivefold.net.CallObserver;
import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.DatagramHandler;
import fivefold.net.HandlerCall;
import fivefold.net.LoopStall;
import fivefold.net.Probe;
import fivefold.net.Server;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The meters of servers: what they count anyway, read when somebody looks, and how long the calls
 * of their handlers take. Give a server a probe of its own, with tags that tell it from others:
 *
 * <pre>{@code
 * Server.tcp(7000, Echo::new).probe(new ServerMeters(registry, Tags.of("server", "echo"))).start();
 * }</pre>
 *
 * <p>Names begin with {@code fivefold.}; the guide's chapter on measuring lists them. Thread-safe.
 */
public final class ServerMeters implements Probe {
  /** From what a short handler takes to what is far too long on a loop. */
  private static final Duration[] BUCKETS = {
    Duration.ofNanos(1_000),
    Duration.ofNanos(10_000),
    Duration.ofNanos(100_000),
    Duration.ofMillis(1),
    Duration.ofMillis(10),
    Duration.ofMillis(100),
    Duration.ofSeconds(1)
  };

  private final MeterRegistry registry;
  private final Tags tags;
  private final Map<HandlerCall, Timer> calls = new EnumMap<>(HandlerCall.class);
  private final Map<CloseReason.Kind, Counter> closed = new EnumMap<>(CloseReason.Kind.class);
  private final Timer stalls;
  private final AtomicInteger stalled = new AtomicInteger();
  private final Map<Server, CountedServer> servers = new ConcurrentHashMap<>();

  /** Meters without tags, for the only server of a program. */
  public ServerMeters(MeterRegistry registry) {
    this(registry, Tags.empty());
  }

  /** Meters with these tags. */
  public ServerMeters(MeterRegistry registry, Tags tags) {
    this.registry = registry;
    this.tags = tags;
    for (HandlerCall call : HandlerCall.values()) {
      calls.put(
          call,
          Timer.builder("fivefold.handler.calls")
              .description("How long calls of handlers took")
              .tags(tags.and("call", word(call)))
              .serviceLevelObjectives(BUCKETS)
              .register(registry));
    }
    for (CloseReason.Kind kind : CloseReason.Kind.values()) {
      closed.put(
          kind,
          Counter.builder("fivefold.connections.closed")
              .description("Connections that have ended, by reason")
              .tags(tags.and("reason", word(kind)))
              .register(registry));
    }
    stalls =
        Timer.builder("fivefold.loop.stalls")
            .description("Loops that did not come round in time")
            .tags(tags)
            .register(registry);
    Gauge.builder("fivefold.loops.stalled", stalled, AtomicInteger::get)
        .description("Loops that have not come round for the limit, now")
        .tags(tags)
        .register(registry);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public void started(Server server) {
    servers.put(server, CountedServer.register(server, registry, tags));
  }

  @Override
  public void stopped(Server server) {
    CountedServer counted = servers.remove(server);
    if (counted != null) {
      counted.remove(registry);
    }
  }

  @Override
  public CallObserver observe() {
    return new TimedCalls(calls);
  }

  @Override
  public DatagramHandler around(DatagramHandler handler) {
    return new TimedDatagrams(handler, timer(HandlerCall.RECEIVE));
  }

  private Timer timer(HandlerCall call) {
    Timer timer = calls.get(call);
    if (timer == null) {
      throw new AssertionError(call);
    }
    return timer;
  }

  @Override
  public void closed(Connection connection, CloseReason reason) {
    Counter counter = closed.get(reason.kind());
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void loopStalled(LoopStall stall) {
    stalled.incrementAndGet();
  }

  @Override
  public void loopCameRound(LoopStall stall) {
    stalled.decrementAndGet();
    stalls.record(stall.length());
  }
}
