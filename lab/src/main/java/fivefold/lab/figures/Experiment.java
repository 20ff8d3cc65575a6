package fivefold.lab.figures;

import fivefold.net.IoModel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BiFunction;

/**
 * One thread receives one datagram, which is sent a known time after the thread began to ask. Done
 * several times; the trace kept is the one whose phase 2 is the median.
 *
 * <pre>{@code
 * Trace trace = new Experiment(48 * 1024, Duration.ofMillis(1), 21).run(IoModel.EPOLL);
 * }</pre>
 *
 * @param bytes of the datagram
 * @param delay from asking to sending
 * @param rounds how often
 */
public record Experiment(int bytes, Duration delay, int rounds) {
  /** What a datagram of IPv4 has room for. */
  public static final int MOST_BYTES = 65_507;

  /** Shorter, and the datagram may be there before the thread asks. */
  public static final Duration LEAST_DELAY = Duration.ofMillis(1);

  /** Longer, and the steps of asking again and again do not fit the log. */
  public static final Duration MOST_DELAY = Duration.ofMillis(20);

  public static final int MOST_ROUNDS = 1_001;

  /** Unmeasured, for the JIT. */
  private static final int WARMUP_ROUNDS = 60;

  private static final long WARMUP_DELAY_NANOS = 200_000;

  private static final Map<IoModel, BiFunction<ReceivingSocket, OtherWork, Receiver>> RECEIVERS =
      Map.of(
          IoModel.THREAD, (socket, _) -> new BlockingReceiver(socket),
          IoModel.NONBLOCKING, (socket, _) -> new NonblockingReceiver(socket),
          IoModel.SELECT, (socket, _) -> new MultiplexingReceiver(socket, new Readiness.BySelect()),
          IoModel.POLL, (socket, _) -> new MultiplexingReceiver(socket, new Readiness.ByPoll()),
          IoModel.EPOLL, (socket, _) -> new MultiplexingReceiver(socket, new Readiness.ByEpoll()),
          IoModel.SIGNAL, SignalReceiver::new,
          IoModel.IO_URING, UringReceiver::new);

  /** One model of each of the five families. */
  public static final List<IoModel> FIVE =
      List.of(IoModel.THREAD, IoModel.NONBLOCKING, IoModel.EPOLL, IoModel.SIGNAL, IoModel.IO_URING);

  /** Checks the limits. */
  public Experiment {
    if (bytes < 1 || bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "size is " + bytes + " bytes; expected 1 to " + MOST_BYTES + ", one datagram");
    }
    if (delay.compareTo(LEAST_DELAY) < 0 || delay.compareTo(MOST_DELAY) > 0) {
      throw new IllegalArgumentException(
          "delay is " + delay.toNanos() / 1_000 + " us; expected 1 to 20 ms");
    }
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw new IllegalArgumentException("rounds is " + rounds + "; expected 1 to " + MOST_ROUNDS);
    }
  }

  /** The models that can be traced in this way. */
  public static List<IoModel> models() {
    return RECEIVERS.keySet().stream().sorted().toList();
  }

  /** Runs it on a thread of its own, and waits. */
  public Trace run(IoModel model) throws IOException, InterruptedException {
    CompletableFuture<Trace> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("fivefold-figures-" + model.word())
        .start(() -> {
          try {
            result.complete(trace(model));
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    try {
      return result.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException("model " + model + ": " + cause.getMessage(), cause);
    }
  }

  private Trace trace(IoModel model) throws IOException, InterruptedException {
    BiFunction<ReceivingSocket, OtherWork, Receiver> receivers = RECEIVERS.get(model);
    if (receivers == null) {
      throw new IllegalArgumentException("no figure of model " + model);
    }
    StepLog log = new StepLog();
    try (ReceivingSocket socket = new ReceivingSocket(bytes);
        Sender sender = new Sender(socket.address());
        Receiver receiver = receivers.apply(socket, new OtherWork())) {
      receiver.prepare();
      Rounds run = new Rounds(model, socket, sender, receiver, log);
      for (int i = 0; i < WARMUP_ROUNDS; i++) {
        run.one(i, WARMUP_DELAY_NANOS);
      }
      List<Trace> traces = new ArrayList<>();
      for (int i = 0; traces.size() < rounds; i++) {
        Trace trace = run.one(WARMUP_ROUNDS + i, delay.toNanos());
        // On a busy machine the thread may have been kept from asking until after the datagram.
        if (trace.askedNanos() < 0) {
          traces.add(trace);
        } else if (i > 10 * rounds) {
          throw new IOException(
              "the datagram was always there before the thread asked; give a longer delay");
        }
      }
      traces.sort(Comparator.comparingLong(Trace::handedOverNanos));
      return traces.get(traces.size() / 2);
    }
  }

  private record Rounds(
      IoModel model, ReceivingSocket socket, Sender sender, Receiver receiver, StepLog log) {

    Trace one(int round, long delayNanos) throws IOException, InterruptedException {
      Message message = new Message(socket.bytes(), round);
      log.clear();
      Future<Long> sending = sender.sendAfter(delayNanos, message.content());
      long received = receiver.receive(log);
      long from = System.nanoTime();
      boolean isWhole = received == socket.bytes() && message.isAt(socket.buffer());
      log.add(Doing.HANDLE, from, received);
      long sentNanos = Sender.result(sending);
      if (!isWhole) {
        throw new IOException(
            "received " + received + " of " + socket.bytes() + " bytes, or others");
      }
      long arrived = socket.lastArrivalNanos();
      return new Trace(model, socket.bytes(), sentNanos - arrived, log.since(arrived));
    }
  }
}
