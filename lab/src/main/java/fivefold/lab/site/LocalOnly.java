package fivefold.lab.site;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Set;

/**
 * Lets through what the lab's own page asks for, or a person who typed its address. A page from
 * elsewhere in the same browser can reach the loopback address too: by a name of its own that it
 * points there (the Host field tells), or by a request across origins (Sec-Fetch-Site and Origin
 * tell).
 */
final class LocalOnly extends Filter {
  private static final Set<String> OWN_FETCHES = Set.of("same-origin", "none");

  private final Set<String> hosts;

  LocalOnly(int port) {
    hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    if (!exchange.getRequestMethod().equals("GET")) {
      Answer.refuse(exchange, 405, "only GET");
    } else if (isForeign(exchange)) {
      Answer.refuse(exchange, 403, "the lab answers its own page only; type its address");
    } else {
      chain.doFilter(exchange);
    }
  }

  private boolean isForeign(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    String site = exchange.getRequestHeaders().getFirst("Sec-Fetch-Site");
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    return host == null
        || !hosts.contains(host)
        || (site != null && !OWN_FETCHES.contains(site))
        || (origin != null && !origin.equals("http://" + host));
  }

  @Override
  public String description() {
    return "own page only";
  }
}
