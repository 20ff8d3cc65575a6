package fivefold.lab.crowd;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What crowd to raise.
 *
 * @param connections how many
 * @param service {@code echo} or {@code chat}
 * @param style {@code callback} or {@code straight-line}
 * @param hold how long it is kept, and as long what is there before it and when all are closed
 */
public record CrowdPlan(int connections, String service, String style, Duration hold) {
  public static final String ECHO = "echo";
  public static final String CHAT = "chat";
  public static final String CALLBACK = "callback";
  public static final String STRAIGHT_LINE = "straight-line";

  /** Not kept longer than it takes. */
  public CrowdPlan(int connections, String service, String style) {
    this(connections, service, style, Duration.ZERO);
  }

  public boolean isChat() {
    return service.equals(CHAT);
  }

  /** The server's arguments. */
  List<String> serve() {
    List<String> words =
        new ArrayList<>(
            List.of(
                "serve",
                service,
                "--no-console",
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--model",
                "io_uring",
                "--connections-max",
                Integer.toString(connections),
                "--idle-timeout",
                "1h",
                "--backlog",
                "65535"));
    if (isChat()) {
      words.addAll(List.of("--history", "none", "--connections-per-address", "0"));
    } else {
      words.addAll(List.of("--style", style));
    }
    return words;
  }
}
