package fivefold.cli;

import fivefold.services.Service;
import fivefold.services.Services;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which service, and its own options. */
final class ServiceFlags {
  @Parameters(paramLabel = "SERVICE", description = "time, echo, chat or operator.")
  String name = "";

  @Option(
      names = "--reply",
      paramLabel = "REPLY",
      description = "echo: upper (default), same, message, suffix=TEXT.")
  @Nullable String reply;

  @Option(
      names = "--protocol",
      paramLabel = "PROTOCOL",
      description = "time: text (default), time (RFC 868), daytime (RFC 867).")
  @Nullable String protocol;

  Service service() {
    Service service = named();
    try {
      service = reply == null ? service : service.with("reply", reply);
      return protocol == null ? service : service.with("protocol", protocol);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }

  private Service named() {
    try {
      return Services.named(name);
    } catch (IllegalArgumentException e) {
      String hint = NearMiss.hint(name, Services.all().stream().map(Service::name).toList());
      throw new UsageException(e.getMessage() + hint, e);
    }
  }
}
