package fivefold.services;

import java.util.List;
import java.util.stream.Collectors;

/** The services there are, with their default options. */
public final class Services {
  private static final List<Service> ALL =
      List.of(
          new TimeService(TimeProtocol.TEXT),
          new EchoService(Reply.UPPER),
          new ChatService(),
          new OperatorService());

  private Services() {}

  public static List<Service> all() {
    return ALL;
  }

  /**
   * The service of that name.
   *
   * @throws IllegalArgumentException when there is none; the message lists those there are
   */
  public static Service named(String name) {
    return ALL.stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(name)));
  }

  private static String unknown(String name) {
    return "unknown service '"
        + name
        + "'; expected one of "
        + ALL.stream().map(Service::name).collect(Collectors.joining(", "));
  }

  static IllegalArgumentException noSuchOption(Service service, String option) {
    return new IllegalArgumentException(
        "the service "
            + service.name()
            + " has no option '"
            + option
            + "'; expected "
            + (service.options().isEmpty()
                ? "none"
                : service.options().stream()
                    .map(ServiceOption::name)
                    .collect(Collectors.joining(", "))));
  }
}
