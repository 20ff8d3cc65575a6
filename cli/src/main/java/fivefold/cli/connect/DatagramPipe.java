package fivefold.cli.connect;

import fivefold.cli.FailureException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Each line of standard input as a datagram, each answer as a line of standard output. Only so many
 * are sent ahead of the answers: a server's socket drops what its buffer cannot hold.
 */
public final class DatagramPipe {
  private static final int MOST_UNANSWERED = 32;

  private final DatagramSocket socket;
  private final Wire wire;
  private final Duration timeout;
  private final Semaphore allowed = new Semaphore(MOST_UNANSWERED);
  private volatile @Nullable IOException failure;

  public DatagramPipe(DatagramSocket socket, Duration timeout) {
    this.socket = socket;
    this.wire = new DatagramWire(socket);
    this.timeout = timeout;
  }

  /** Returns when every datagram was answered, or fails when one was not in time. */
  public void run(InputStream in, OutputStream out) throws IOException {
    Thread receiver = Thread.ofPlatform().daemon().name("replies").start(() -> receiveAll(out));
    long sent = 0;
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line; (line = lines.readLine()) != null; sent++) {
      await(1, sent);
      wire.sendLine(line);
    }
    await(MOST_UNANSWERED, sent);
    socket.close();
    join(receiver);
  }

  private void await(int permits, long sent) throws IOException {
    try {
      if (!allowed.tryAcquire(permits, timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new FailureException(
            "sent "
                + sent
                + " datagrams and had no answer to "
                + (MOST_UNANSWERED - allowed.availablePermits())
                + " of them in time; is a server there, on UDP?");
      }
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void receiveAll(OutputStream out) {
    try {
      for (String reply; (reply = wire.receive()) != null; ) {
        out.write((reply + "\n").getBytes(StandardCharsets.UTF_8));
        allowed.release();
      }
    } catch (IOException e) {
      failure = e;
      allowed.release(MOST_UNANSWERED);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }
}
