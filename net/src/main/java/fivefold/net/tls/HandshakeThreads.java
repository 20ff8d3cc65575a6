package fivefold.net.tls;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where signatures are made unless something else is said: one thread for each processor, shared by
 * all servers of this JVM, gone after a while without work. The queue is as long as there are
 * connections in a handshake, each of which is in it once at most.
 */
final class HandshakeThreads {
  private static final int THREADS = Runtime.getRuntime().availableProcessors();
  private static final long IDLE_SECONDS = 1;

  private HandshakeThreads() {}

  static Executor shared() {
    return Shared.POOL;
  }

  /** Made when the first handshake asks for it. */
  private static final class Shared {
    static final Executor POOL = start();

    private static Executor start() {
      ThreadPoolExecutor pool =
          new ThreadPoolExecutor(
              THREADS,
              THREADS,
              IDLE_SECONDS,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(),
              Thread.ofPlatform().daemon().name("fivefold-handshake-", 0).factory());
      pool.allowCoreThreadTimeOut(true);
      return pool;
    }
  }
}
