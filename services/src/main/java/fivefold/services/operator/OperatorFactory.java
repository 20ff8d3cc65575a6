package fivefold.services.operator;

import fivefold.net.HandlerFactory;
import fivefold.net.StreamHandler;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes a desk that shows on standard output and where nobody types; the reason why it cannot be
 * made in many processes.
 */
public final class OperatorFactory implements HandlerFactory {

  @Override
  public Supplier<StreamHandler> handlers(List<String> words) {
    return new Desk(System.out::println).handlers();
  }

  @Override
  public Optional<String> sharedState() {
    return Optional.of("the operator who answers them");
  }
}
