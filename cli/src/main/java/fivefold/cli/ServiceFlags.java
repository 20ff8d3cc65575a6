package fivefold.cli;

import fivefold.services.Service;
import fivefold.services.Services;
import org.jspecify.annotations.Nullable;

/** Which service, and its own options. */
final class ServiceFlags {
  String name = "";
  @Nullable String reply;
  @Nullable String protocol;

  void addTo(Flags flags) {
    flags.word("SERVICE", value -> name = value, "time, echo, chat or operator.");
    flags.text(
        "--reply",
        "REPLY",
        value -> reply = value,
        "echo: upper (default), same, message, suffix=TEXT.");
    flags.text(
        "--protocol",
        "PROTOCOL",
        value -> protocol = value,
        "time: text (default), time (RFC 868), daytime (RFC 867).");
  }

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
