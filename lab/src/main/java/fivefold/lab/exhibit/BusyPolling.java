package fivefold.lab.exhibit;

import fivefold.lab.exhibit.Figure.Bar;
import fivefold.net.IoModel;
import fivefold.net.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/** A server that asks again and again beside one that waits: what it costs, what it gains. */
final class BusyPolling implements Exhibit {
  private static final int WARM_UP_REQUESTS = 20;
  private static final long PAUSE_NANOS = 5_000_000;

  @Override
  public String name() {
    return "busy-polling";
  }

  @Override
  public Outcome run(Scale scale) throws IOException {
    int requests = scale.of(300, 60);
    Cost polling = measure(IoModel.NONBLOCKING, requests);
    Cost waiting = measure(IoModel.EPOLL, requests);
    double more = Amounts.ratio(polling.busy(), waiting.busy());
    boolean shown = more > 3;
    Words numbers =
        Outcome.numbers()
            .with("more", Amounts.number(more))
            .with("pollingBusy", Amounts.percent(polling.busy()))
            .with("waitingBusy", Amounts.percent(waiting.busy()))
            .with("pollingLatency", Amounts.time(polling.latencyNanos()))
            .with("waitingLatency", Amounts.time(waiting.latencyNanos()));
    boolean faster = polling.latencyNanos() < waiting.latencyNanos() * 0.9;
    return new Outcome(
        shown,
        shown ? 2 : 0,
        List.of(
            new Words(shown ? "shows" : "shows-not", numbers.places()),
            new Words(faster ? "faster" : "not-faster", numbers.places())),
        List.of(
            new Figure.Bars(
                Words.of("figure.cpu"),
                List.of(
                    Bar.of(Words.of("polling"), polling.busy(), Amounts.percent(polling.busy())),
                    Bar.of(Words.of("waiting"), waiting.busy(), Amounts.percent(waiting.busy())))),
            new Figure.Bars(
                Words.of("figure.latency"),
                List.of(
                    Bar.of(
                        Words.of("polling"),
                        polling.latencyNanos(),
                        Amounts.time(polling.latencyNanos())),
                    Bar.of(
                        Words.of("waiting"),
                        waiting.latencyNanos(),
                        Amounts.time(waiting.latencyNanos()))))));
  }

  /**
   * What a server took.
   *
   * @param busy CPU time of its loop's thread per time that passed
   * @param latencyNanos median
   */
  private record Cost(double busy, double latencyNanos) {}

  private static Cost measure(IoModel model, int requests) throws IOException {
    try (Server server = Server.tcp(0, () -> fivefold.net.Connection::send).model(model).start();
        Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      client.setTcpNoDelay(true);
      client.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
      ask(client, WARM_UP_REQUESTS);
      String loop = server.loops().getFirst().loop();
      long cpu = ThreadTime.nanosOf(loop);
      long begin = System.nanoTime();
      double[] latencies = ask(client, requests);
      double busy = (ThreadTime.nanosOf(loop) - cpu) / (double) (System.nanoTime() - begin);
      return new Cost(busy, Amounts.median(latencies));
    }
  }

  /** Now and then a request, as most connections of the world do. */
  private static double[] ask(Socket client, int requests) throws IOException {
    double[] latencies = new double[requests];
    for (int i = 0; i < requests; i++) {
      Feeder.rest(PAUSE_NANOS);
      long begin = System.nanoTime();
      client.getOutputStream().write(i);
      client.getInputStream().read();
      latencies[i] = System.nanoTime() - begin;
    }
    return latencies;
  }
}
