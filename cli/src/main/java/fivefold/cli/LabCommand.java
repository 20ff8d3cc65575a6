package fivefold.cli;

import fivefold.lab.compare.ThisMachine;
import fivefold.lab.compare.ThisProgram;
import fivefold.lab.site.LabSite;
import fivefold.sys.Limits;
import fivefold.sys.Platform;
import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The lab in a browser. */
@Command(
    name = "lab",
    description = {
      "Serve the lab as a web page of this machine: run exhibits and comparisons, and watch them.",
      "Only programs of this machine can reach it. Ctrl-C ends it."
    },
    footer = {
      "",
      "Examples:",
      "  fivefold lab",
      "  fivefold lab --port 0",
    })
final class LabCommand implements Callable<Integer> {
  private static final int MOST_PORT = 65_535;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8180",
      converter = WholeNumber.class,
      description = "The port on 127.0.0.1; 0 takes a free one; ${DEFAULT-VALUE}.")
  int port;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port < 0 || port > MOST_PORT) {
      throw new UsageException("--port must be 0 to " + MOST_PORT + ", not " + port);
    }
    Platform.unavailable()
        .ifPresent(why -> {
          throw new FailureException("the lab needs Linux and its calls: " + why);
        });
    Limits.raiseDescriptors();
    StopSignals signals = StopSignals.install();
    try (LabSite site = open()) {
      System.out.println("lab: open " + site.address() + " in a browser");
      signals.await();
    }
    return 0;
  }

  private LabSite open() throws IOException {
    try {
      return LabSite.start(port, ThisMachine.describe(), ThisProgram.command());
    } catch (BindException e) {
      throw new FailureException(
          "port " + port + " of 127.0.0.1 is taken; choose another --port, or 0 for a free one", e);
    }
  }
}
