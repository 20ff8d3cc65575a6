package fivefold.lab.exhibit;

import fivefold.lab.crowd.DirectClients;
import fivefold.net.IoModel;
import java.io.IOException;

/**
 * What a server of one model held under lowered limits.
 *
 * @param connections that had their answer while all those before them stayed
 * @param addedBytes by which the process grew meanwhile
 * @param why it took no more, in its own words; empty when nobody asked for more
 */
record Held(IoModel model, int connections, long addedBytes, String why) {
  /** Connections that come and go before anything is measured. */
  private static final int WARM_UP = 200;

  /** Clients one after the other, until one is not answered. */
  static Held untilRefused(IoModel model, LimitedServer.Limits limits)
      throws IOException, InterruptedException {
    try (LimitedServer server = new LimitedServer(model, limits, limits.descriptors());
        ClientsInTurn clients = new ClientsInTurn(server)) {
      long before = residentOnceUsed(server);
      int held = clients.connect(limits.descriptors());
      return new Held(model, held, server.residentBytes() - before, server.lastWords());
    }
  }

  /** So many at once on io_uring, more than there are descriptors, at either end. */
  static Held onDirectDescriptors(LimitedServer.Limits limits, int asked)
      throws IOException, InterruptedException {
    try (LimitedServer server = new LimitedServer(IoModel.IO_URING, limits, asked);
        DirectClients clients = new DirectClients(server.address())) {
      long before = residentOnceUsed(server);
      clients.connect(asked);
      int held = clients.ask();
      String words = server.lastWords();
      String failure = held < asked && words.isEmpty() ? "" + clients.failure() : words;
      return new Held(IoModel.IO_URING, held, server.residentBytes() - before, failure);
    }
  }

  private static long residentOnceUsed(LimitedServer server) {
    try (ClientsInTurn first = new ClientsInTurn(server)) {
      first.connect(WARM_UP);
    }
    return server.residentBytes();
  }

  double bytesEach() {
    return Math.max(0, addedBytes) / (double) Math.max(1, connections);
  }

  /** Which limit its words speak of: the key of a text. */
  String limit() {
    if (why.isEmpty()) {
      return "limit.none";
    }
    if (why.contains("native thread") || why.contains("insufficient memory")) {
      return "limit.stacks";
    }
    if (why.contains("select(2)")) {
      return "limit.number";
    }
    return why.contains("EMFILE") ? "limit.descriptors" : "limit.other";
  }
}
