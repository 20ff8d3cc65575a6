package fivefold.net.blocking.process;

import fivefold.net.Availability;
import fivefold.net.DatagramHandler;
import fivefold.net.DatagramOptions;
import fivefold.net.Engine;
import fivefold.net.EngineProvider;
import fivefold.net.IoModel;
import fivefold.net.NamedHandlers;
import fivefold.net.StreamHandler;
import fivefold.net.StreamOptions;
import fivefold.net.loop.NativeAvailability;
import fivefold.sys.Children;
import fivefold.sys.Descriptors;
import fivefold.sys.Errno;
import fivefold.sys.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/** The room of the model {@code process}. */
public final class ProcessRoom implements EngineProvider {
  private static final String REMEDY = "choose the model thread or virtual";

  @Override
  public Set<IoModel> models() {
    return EnumSet.of(IoModel.PROCESS);
  }

  @Override
  public Availability availability(IoModel model) {
    if (NativeAvailability.get() instanceof Availability.Unavailable why) {
      return why;
    }
    int self = Children.openDescriptor(Processes.pid());
    if (self < 0) {
      return new Availability.Unavailable(
          "needs pidfd_open(2) of Linux 5.3 (" + Errno.describe(-self) + ")", REMEDY);
    }
    Descriptors.close(self);
    if (!Files.isExecutable(Path.of(WorkerCommand.java()))) {
      return new Availability.Unavailable(
          "needs the program java, and " + WorkerCommand.java() + " is not there", REMEDY);
    }
    return new Availability.Available();
  }

  @Override
  public Engine stream(
      IoModel model, StreamOptions options, Supplier<? extends StreamHandler> handlers) {
    return ProcessEngine.streams(options, named(handlers));
  }

  @Override
  public Engine datagram(IoModel model, DatagramOptions options, DatagramHandler handler) {
    return ProcessEngine.datagrams(options, named(handler));
  }

  /** The builders have seen to it, since the model does not share memory. */
  private static NamedHandlers named(Object handlers) {
    if (handlers instanceof NamedHandlers named) {
      return named;
    }
    throw new IllegalArgumentException("expected NamedHandlers, found " + handlers);
  }
}
