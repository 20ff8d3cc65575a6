package fivefold.lab.site;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import fivefold.lab.record.Machine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Serves the lab on the loopback address.
 *
 * <pre>{@code
 * try (LabSite site = LabSite.start(0, machine, ThisProgram.command())) {
 *   System.out.println(site.address());
 * }
 * }</pre>
 *
 * <p>One thing runs at a time: two that share the processors would measure each other. What a page
 * of another origin asks for is refused ({@link LocalOnly}), since a visit there must not start
 * anything here.
 */
public final class LabSite implements AutoCloseable {
  private final HttpServer http;
  private final ExecutorService threads;

  private LabSite(HttpServer http, ExecutorService threads) {
    this.http = http;
    this.threads = threads;
  }

  /**
   * Listens and serves.
   *
   * @param port 0 lets the system choose
   * @param fivefold the command that runs Fivefold, without arguments
   * @throws IOException when the port is taken
   */
  public static LabSite start(int port, Machine machine, List<String> fivefold) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer http = HttpServer.create(address, 0);
    // Exhibits block in native calls, which a virtual thread may not do.
    ExecutorService threads =
        Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("lab-", 0).factory());
    http.setExecutor(threads);
    Semaphore turn = new Semaphore(1);
    LocalOnly guard = new LocalOnly(http.getAddress().getPort());
    LatestReport report = new LatestReport();
    route(http, guard, "/", new FrontPage(machine));
    route(http, guard, "/lab.css", new StaticFile("lab.css", "text/css"));
    route(http, guard, "/lab.js", new StaticFile("lab.js", "text/javascript"));
    route(http, guard, "/exhibit", new ExhibitRun(machine, turn));
    route(http, guard, "/compare", new CompareRun(fivefold, turn, report));
    route(http, guard, "/report", report);
    http.start();
    return new LabSite(http, threads);
  }

  private static void route(HttpServer http, LocalOnly guard, String path, HttpHandler handler) {
    HttpContext context = http.createContext(path, handler);
    context.getFilters().add(guard);
  }

  /** What to type into a browser. */
  public String address() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/";
  }

  /** Ends what runs, and the server. */
  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
