package fivefold.testkit;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.StreamHandler;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What happened to one connection, call by call, and whether it was allowed to. */
public final class Recording implements StreamHandler {

  /** The calls of the contract; {@code TASK} is one given to {@link #guarded}. */
  public enum Call {
    OPEN,
    RECEIVE,
    END,
    WRITABLE,
    CLOSE,
    TASK
  }

  private static final int KEPT_BYTES = 4 << 20;

  private final StreamHandler behaviour;
  private final CompletableFuture<Connection> opened = new CompletableFuture<>();
  private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
  private final AtomicReference<@Nullable String> inside = new AtomicReference<>();
  private final Collection<String> violations = new ConcurrentLinkedQueue<>();
  private final AtomicLong receivedBytes = new AtomicLong();

  // Guarded by this.
  private final List<Call> calls = new ArrayList<>();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  Recording(StreamHandler behaviour) {
    this.behaviour = behaviour;
  }

  private interface Body {
    void run() throws Exception;
  }

  @Override
  public void onOpen(Connection connection) throws Exception {
    record(
        Call.OPEN,
        () -> {
          opened.complete(connection);
          behaviour.onOpen(connection);
        });
  }

  @Override
  public void onReceive(Connection connection, ByteBuffer data) throws Exception {
    if (!data.hasRemaining()) {
      violations.add("onReceive with no bytes");
    }
    record(
        Call.RECEIVE,
        () -> {
          keep(data.duplicate());
          behaviour.onReceive(connection, data);
        });
  }

  @Override
  public void onEnd(Connection connection) throws Exception {
    record(Call.END, () -> behaviour.onEnd(connection));
  }

  @Override
  public void onWritable(Connection connection) throws Exception {
    record(Call.WRITABLE, () -> behaviour.onWritable(connection));
  }

  @Override
  public void onClose(Connection connection, CloseReason reason) throws Exception {
    try {
      record(Call.CLOSE, () -> behaviour.onClose(connection, reason));
    } finally {
      closed.complete(reason);
    }
  }

  private void record(Call call, Body body) throws Exception {
    enter(call);
    try {
      body.run();
    } finally {
      inside.set(null);
    }
  }

  private void enter(Call call) {
    String me = call + " on " + Thread.currentThread();
    String other = inside.getAndSet(me);
    if (other != null) {
      violations.add(me + " overlaps " + other);
    }
    synchronized (this) {
      String wrong = call == Call.TASK ? null : wrongAfter(calls, call);
      if (wrong != null) {
        violations.add(wrong);
      }
      boolean repeats = call == Call.RECEIVE && !calls.isEmpty() && calls.getLast() == call;
      if (!repeats) {
        calls.add(call);
      }
    }
  }

  private static @Nullable String wrongAfter(List<Call> before, Call call) {
    if (before.contains(Call.CLOSE)) {
      return call + " after CLOSE";
    }
    if ((call == Call.OPEN) == before.contains(Call.OPEN)) {
      return call == Call.OPEN ? "a second OPEN" : call + " before OPEN";
    }
    if ((call == Call.RECEIVE || call == Call.END) && before.contains(Call.END)) {
      return call + " after END";
    }
    return null;
  }

  private void keep(ByteBuffer data) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    synchronized (this) {
      received.write(bytes, 0, Math.min(bytes.length, KEPT_BYTES - received.size()));
    }
    // Last: who has waited for the count finds the text there.
    receivedBytes.addAndGet(bytes.length);
  }

  /** A task that counts as a call: it must overlap no other. */
  public Runnable guarded(Runnable task) {
    return () -> {
      enter(Call.TASK);
      try {
        task.run();
      } finally {
        inside.set(null);
      }
    };
  }

  public Connection connection() {
    return awaitOpen();
  }

  Connection awaitOpen() {
    return get("onOpen", opened);
  }

  /** Waits for the end of the connection. */
  public CloseReason awaitClose() {
    return get("onClose", closed);
  }

  public boolean isClosed() {
    return closed.isDone();
  }

  private <T> T get(String what, CompletableFuture<T> future) {
    try {
      return future.get(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no " + what + " came; the calls were " + calls(), e);
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /** The calls so far; calls of {@code RECEIVE} in a row count as one. */
  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** The same, without those whose place is free. */
  public List<Call> lifecycle() {
    return calls().stream().filter(call -> call != Call.TASK && call != Call.WRITABLE).toList();
  }

  public boolean has(Call call) {
    return calls().contains(call);
  }

  public long receivedBytes() {
    return receivedBytes.get();
  }

  /** What arrived, up to 4 MiB. */
  public synchronized String receivedText() {
    return received.toString(StandardCharsets.UTF_8);
  }

  public void awaitReceived(long bytes) {
    Await.until(bytes + " bytes received", () -> receivedBytes() >= bytes);
  }

  void assertSound() {
    if (!violations.isEmpty()) {
      throw new AssertionError("the contract was broken: " + violations + " in " + calls());
    }
  }
}
