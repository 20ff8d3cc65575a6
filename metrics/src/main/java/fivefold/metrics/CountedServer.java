package fivefold.metrics;

import fivefold.net.LoopStats;
import fivefold.net.Server;
import fivefold.net.ServerStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one server counts anyway, as meters that read it when somebody looks: nothing is done for
 * them in between.
 */
final class CountedServer {
  private static final double NANOS_PER_SECOND = 1e9;

  private final List<Meter> meters = new ArrayList<>();
  private final Server server;
  // Here, since a gauge holds what it asks by a weak reference.
  private final OutboxDepth outboxes;
  private final MeterRegistry registry;
  private final Tags tags;

  private CountedServer(Server server, MeterRegistry registry, Tags tags) {
    this.server = server;
    this.outboxes = new OutboxDepth(server);
    this.registry = registry;
    this.tags = tags;
  }

  static CountedServer register(Server server, MeterRegistry registry, Tags tags) {
    CountedServer counted = new CountedServer(server, registry, tags);
    counted.connections();
    counted.traffic();
    List<LoopStats> loops = server.loops();
    for (int i = 0; i < loops.size(); i++) {
      counted.loop(i, loops.get(i).loop());
    }
    return counted;
  }

  private void connections() {
    gauge("fivefold.connections.open", "Connections open now", null, ServerStats::open);
    counter("fivefold.connections.accepted", "Connections accepted", null, ServerStats::accepted);
    counter(
        "fivefold.connections.refused",
        "Connections closed at once because of a limit",
        null,
        ServerStats::refused);
    counter(
        "fivefold.accept.pauses",
        "Times that descriptors or memory ran out",
        null,
        ServerStats::acceptPauses);
    counter("fivefold.handler.errors", "Exceptions of handlers", null, ServerStats::handlerErrors);
  }

  private void traffic() {
    counter("fivefold.received", "Read from peers", "bytes", ServerStats::receivedBytes);
    counter("fivefold.sent", "Taken by the kernel for peers", "bytes", ServerStats::sentBytes);
    counter("fivefold.received.datagrams", "Datagrams read", null, ServerStats::receivedDatagrams);
    counter("fivefold.sent.datagrams", "Datagrams sent", null, ServerStats::sentDatagrams);
    counter(
        "fivefold.dropped",
        "Messages dropped by an outbox or the kernel",
        null,
        ServerStats::dropped);
    meters.add(
        Gauge.builder("fivefold.outbox", outboxes, OutboxDepth::bytes)
            .description("Waiting for peers that read slowly, in all connections")
            .baseUnit("bytes")
            .tags(tags)
            .register(registry));
    meters.add(
        Gauge.builder("fivefold.outbox.deepest", outboxes, OutboxDepth::deepestBytes)
            .description("Waiting for the slowest of them")
            .baseUnit("bytes")
            .tags(tags)
            .register(registry));
  }

  private void loop(int index, String name) {
    Tags ofLoop = tags.and("loop", name);
    loopCounter(ofLoop, index, "fivefold.loop.work", "seconds", LoopStats::workNanos);
    loopCounter(ofLoop, index, "fivefold.loop.wait", "seconds", LoopStats::waitNanos);
    loopCounter(ofLoop, index, "fivefold.loop.turns", null, LoopStats::turns);
  }

  private void loopCounter(
      Tags ofLoop, int index, String name, @Nullable String unit, ToLongFunction<LoopStats> value) {
    double scale = unit == null ? 1 : NANOS_PER_SECOND;
    meters.add(
        FunctionCounter.builder(
                name, server, each -> value.applyAsLong(each.loops().get(index)) / scale)
            .description("What a loop does with its time")
            .baseUnit(unit)
            .tags(ofLoop)
            .register(registry));
  }

  private void counter(
      String name, String description, @Nullable String unit, ToLongFunction<ServerStats> value) {
    meters.add(
        FunctionCounter.builder(name, server, each -> value.applyAsLong(each.stats()))
            .description(description)
            .baseUnit(unit)
            .tags(tags)
            .register(registry));
  }

  private void gauge(
      String name, String description, @Nullable String unit, ToLongFunction<ServerStats> value) {
    meters.add(
        Gauge.builder(name, server, each -> value.applyAsLong(each.stats()))
            .description(description)
            .baseUnit(unit)
            .tags(tags)
            .register(registry));
  }

  void remove(MeterRegistry from) {
    meters.forEach(from::remove);
  }
}
