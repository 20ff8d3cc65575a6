package fivefold.net;

import org.jspecify.annotations.Nullable;

/**
 * Where measurement listens: hears what a server meets, as every listener, and may stand around
 * each call of a handler.
 *
 * <pre>{@code
 * Server.tcp(7000, Echo::new).probe(new ServerMeters(registry)).start();
 * }</pre>
 *
 * <p>What nobody probes costs nothing: a probe that returns null from {@link #observe} leaves the
 * connection as it is. Probes that {@link java.util.ServiceLoader} finds hear every server of the
 * JVM; the one of this module writes the events of Java Flight Recorder. A probe must be quick and
 * thread-safe, and what it throws is logged.
 */
public interface Probe extends ServerListener {

  /** The server listens: {@link Server#stats} and {@link Server#loops} can be asked from now on. */
  default void started(Server server) {}

  /** The server has ended, and its counts will not change any more. */
  default void stopped(Server server) {}

  /**
   * Asked for each connection before its handler hears of it. Not on a model whose handlers run in
   * other processes.
   *
   * @return who stands around the calls of its handler; null for nobody
   */
  default @Nullable CallObserver observe() {
    return null;
  }

  /**
   * Asked once, when a server starts: who hears of what its threads are in, from waiting to
   * writing. Of the handlers' calls {@link #observe} tells. Not on a model whose handlers run in
   * other processes.
   *
   * @return null for nobody, and then nothing is done for it while the server runs
   */
  default @Nullable StageRecorder stages() {
    return null;
  }

  /**
   * As {@link #observe} for a server of datagrams, whose handler may be called on several threads
   * at once.
   */
  default DatagramHandler around(DatagramHandler handler) {
    return handler;
  }
}
