package fivefold.services;

import fivefold.net.DatagramHandler;
import fivefold.net.HandlerFactory;
import fivefold.net.StreamHandler;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes the handlers of a service from three words, its name, an option and the option's value, in
 * whatever process: {@link Service#named}.
 */
public final class ServiceFactory implements HandlerFactory {

  @Override
  public Supplier<? extends StreamHandler> handlers(List<String> words) {
    return service(words).streamHandlers();
  }

  @Override
  public DatagramHandler datagramHandler(List<String> words) {
    return service(words).datagramHandler();
  }

  private static Service service(List<String> words) {
    return Services.named(words.get(0)).with(words.get(1), words.get(2));
  }
}
