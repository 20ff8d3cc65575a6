package fivefold.services;

import fivefold.net.DatagramHandler;
import fivefold.net.HandlerFactory;
import fivefold.net.StreamHandler;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes the handlers of a service from four words, its name, an option, the option's value and the
 * style, in whatever process: {@link Service#named}.
 */
public final class ServiceFactory implements HandlerFactory {

  @Override
  public Supplier<? extends StreamHandler> handlers(List<String> words) {
    return service(words).streamHandlers(Style.parse(words.get(3)));
  }

  @Override
  public DatagramHandler datagramHandler(List<String> words) {
    return service(words).datagramHandler();
  }

  private static Service service(List<String> words) {
    return Services.named(words.get(0)).with(words.get(1), words.get(2));
  }
}
