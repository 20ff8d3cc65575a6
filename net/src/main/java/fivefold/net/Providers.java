package fivefold.net;

import java.util.ServiceLoader;

/** Finds what modules, and jars of the class path, provide to this module. */
final class Providers {
  private Providers() {}

  /**
   * As {@link ServiceLoader#load(Class, ClassLoader)} with the loader of this class. Where nothing
   * is on the class path the modules alone are asked: a loader that looks for META-INF/services
   * opens every jar of the module path, 30 ms of a start.
   */
  static <S> ServiceLoader<S> of(Class<S> service) {
    Module here = Providers.class.getModule();
    boolean modulesAlone =
        here.getLayer() == ModuleLayer.boot()
            && System.getProperty("java.class.path", "").isEmpty();
    return modulesAlone
        ? ServiceLoader.load(here.getLayer(), service)
        : ServiceLoader.load(service, Providers.class.getClassLoader());
  }
}
