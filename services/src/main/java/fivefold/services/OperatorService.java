package fivefold.services;

import fivefold.net.DatagramHandler;
import fivefold.net.NamedHandlers;
import fivefold.net.StreamHandler;
import fivefold.services.operator.OperatorFactory;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Shows what clients say; a person answers. {@link fivefold.services.operator.Desk} is where that
 * person types.
 */
final class OperatorService implements Service {

  @Override
  public String name() {
    return "operator";
  }

  @Override
  public String summary() {
    return "shows what clients say, and sends what the operator types";
  }

  @Override
  public String defaultHost() {
    return "127.0.0.1";
  }

  @Override
  public int defaultPort() {
    return 8081;
  }

  @Override
  public Transport defaultTransport() {
    return Transport.TCP;
  }

  @Override
  public Set<Transport> transports() {
    return Set.of(Transport.TCP);
  }

  @Override
  public Style defaultStyle() {
    return Style.STRAIGHT_LINE;
  }

  @Override
  public List<ServiceOption> options() {
    return List.of();
  }

  @Override
  public Service with(String option, String value) {
    throw Services.noSuchOption(this, option);
  }

  @Override
  public Supplier<StreamHandler> streamHandlers(Style style) {
    return named(style);
  }

  @Override
  public DatagramHandler datagramHandler() {
    throw new UnsupportedOperationException("operator is for connections");
  }

  @Override
  public int replyBeyondBytes() {
    return 0;
  }

  @Override
  public NamedHandlers named(Style style) {
    if (style != Style.STRAIGHT_LINE) {
      throw new IllegalArgumentException(
          "operator has no style but straight-line; leave out --style");
    }
    return NamedHandlers.of(OperatorFactory.class);
  }
}
