package fivefold.cli.architecture.planted.services;

import fivefold.cli.architecture.planted.net.IoModel;
import fivefold.cli.architecture.planted.sys.Sys;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;

/** Goes past the API, names a model, links, and reinterprets memory. */
public class Service {
  Class<?>[] breaches = {Sys.class, Linker.class};
  Object model = IoModel.EPOLL;

  MemorySegment breach(MemorySegment segment) {
    return segment.reinterpret(1);
  }
}
