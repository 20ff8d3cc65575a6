package fivefold.lab.site;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/** Something that is run for a page and watched by it; one at a time on the whole site. */
abstract class LiveRun implements HttpHandler {
  private final Semaphore turn;

  LiveRun(Semaphore turn) {
    this.turn = turn;
  }

  /**
   * Runs it.
   *
   * @throws IllegalArgumentException when the query makes no sense
   */
  abstract void run(Query query, EventStream events) throws IOException, InterruptedException;

  @Override
  public final void handle(HttpExchange exchange) throws IOException {
    try (EventStream events = new EventStream(exchange)) {
      Query query = Query.of(exchange);
      if (!turn.tryAcquire()) {
        events.send("failed", query.say("site.busy"));
        return;
      }
      try {
        run(query, events);
        events.send("done", "done");
      } catch (IllegalArgumentException | IOException e) {
        events.send("failed", String.valueOf(e.getMessage()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        turn.release();
      }
    }
  }
}
