package fivefold.net;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Handlers that any process can make: known by the name of their {@link HandlerFactory} and its
 * words. The model {@code process} needs them; on every other model they are handlers as any.
 *
 * <pre>{@code
 * Server.tcp(7000, NamedHandlers.of(Greeting.class, "you")).model(model).start();
 * }</pre>
 *
 * <p>Thread-safe. The factory is asked when the first handler is needed.
 */
public final class NamedHandlers implements Supplier<StreamHandler>, DatagramHandler {
  private static final ScopedValue<Boolean> ALONE = ScopedValue.newInstance();

  private final Class<? extends HandlerFactory> factory;
  private final List<String> words;
  private volatile @Nullable Supplier<? extends StreamHandler> handlers;
  private volatile @Nullable DatagramHandler datagramHandler;

  private NamedHandlers(Class<? extends HandlerFactory> factory, List<String> words) {
    this.factory = factory;
    this.words = words;
  }

  /** The handlers that this factory makes of these words. */
  public static NamedHandlers of(Class<? extends HandlerFactory> factory, String... words) {
    return new NamedHandlers(factory, List.of(words));
  }

  /**
   * The same by name, as a process finds them.
   *
   * @throws IllegalArgumentException when there is no such factory
   */
  public static NamedHandlers named(String factory, List<String> words) {
    try {
      ClassLoader loader = NamedHandlers.class.getClassLoader();
      Class<?> found = Class.forName(factory, true, loader);
      return new NamedHandlers(found.asSubclass(HandlerFactory.class), List.copyOf(words));
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "no class " + factory + " on the class path or module path of a worker process", e);
    } catch (ClassCastException e) {
      throw new IllegalArgumentException(factory + " is no " + HandlerFactory.class.getName(), e);
    }
  }

  /** The class that makes the handlers. */
  public Class<? extends HandlerFactory> factory() {
    return factory;
  }

  /** What the factory is given. */
  public List<String> words() {
    return words;
  }

  @Override
  public StreamHandler get() {
    Supplier<? extends StreamHandler> made = handlers;
    if (made == null) {
      synchronized (this) {
        made = handlers;
        if (made == null) {
          made = newFactory().handlers(words);
          handlers = made;
        }
      }
    }
    return made.get();
  }

  @Override
  public void onDatagram(DatagramPeer peer, ByteBuffer datagram) throws Exception {
    DatagramHandler made = datagramHandler;
    if (made == null) {
      synchronized (this) {
        made = datagramHandler;
        if (made == null) {
          made = newFactory().datagramHandler(words);
          datagramHandler = made;
        }
      }
    }
    made.onDatagram(peer, datagram);
  }

  /**
   * What a model needs whose handlers run in other processes.
   *
   * @throws ModelUnavailableException when these handlers cannot go there, with the reason
   */
  static void requireNamed(IoModel model, Object handlers) throws ModelUnavailableException {
    require(model, handlers, (factory, words) -> factory.handlers(words).get());
  }

  /** The same for datagrams. */
  static void requireNamedForDatagrams(IoModel model, Object handler)
      throws ModelUnavailableException {
    require(model, handler, HandlerFactory::datagramHandler);
  }

  private static void require(
      IoModel model, Object handlers, BiFunction<HandlerFactory, List<String>, Object> making)
      throws ModelUnavailableException {
    if (!(handlers instanceof NamedHandlers named)) {
      throw new ModelUnavailableException(
          model,
          "it serves in other processes, and these handlers are an object of this one",
          "give it NamedHandlers.of(a HandlerFactory, words), which a process can make by itself,"
              + " or choose another model");
    }
    try {
      named.tryAlone(making);
    } catch (SharedState shared) {
      throw new ModelUnavailableException(
          model,
          "the connections of this service share "
              + shared.getMessage()
              + ", and its processes share nothing",
          "choose a model that serves in one process, such as epoll or virtual");
    }
  }

  /** Makes what a process would make, and drops it. */
  private void tryAlone(BiFunction<HandlerFactory, List<String>, Object> making) {
    HandlerFactory made = newFactory();
    made.sharedState().ifPresent(NamedHandlers::tellShared);
    ScopedValue.where(ALONE, true).call(() -> making.apply(made, words));
  }

  /** Called by what connects connections, a {@link Group}. */
  static void requireCompany(String what) {
    if (ALONE.isBound()) {
      tellShared(what);
    }
  }

  private static void tellShared(String what) {
    throw new SharedState(what);
  }

  private static final class SharedState extends RuntimeException {
    private static final long serialVersionUID = 1;

    SharedState(String what) {
      super(what);
    }
  }

  private HandlerFactory newFactory() {
    try {
      Constructor<? extends HandlerFactory> constructor = factory.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (NoSuchMethodException | InstantiationException e) {
      throw new IllegalArgumentException(
          factory.getName() + " has no constructor without parameters; give it one", e);
    } catch (IllegalAccessException | RuntimeException e) {
      throw new IllegalArgumentException(
          factory.getName()
              + " cannot be made: "
              + e.getMessage()
              + "; make it public in an exported package, or open its package to fivefold.net",
          e);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "the constructor of " + factory.getName() + " failed: " + e.getCause(), e.getCause());
    }
  }
}
