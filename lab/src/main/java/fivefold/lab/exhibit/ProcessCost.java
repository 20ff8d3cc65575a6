package fivefold.lab.exhibit;

import fivefold.lab.exhibit.Figure.Bar;
import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.services.Services;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whoever serves a connection must be started first: a process, a thread, a virtual thread. */
final class ProcessCost implements Exhibit {
  private static final int CHILD_PATIENCE_MILLIS = 30_000;

  @Override
  public String name() {
    return "process-cost";
  }

  @Override
  public Outcome run(Scale scale) throws IOException, InterruptedException {
    int times = scale.of(200, 50);
    List<Cost> costs = new ArrayList<>();
    costs.add(connections(IoModel.VIRTUAL, times));
    costs.add(connections(IoModel.THREAD, times));
    costs.add(program(scale.of(30, 10)));
    costs.add(connections(IoModel.PROCESS, scale.of(5, 1)));
    Cost thread = costs.get(1);
    Cost program = costs.get(2);
    Cost process = costs.get(3);
    double programTimes = Amounts.ratio(program.nanos(), thread.nanos());
    double processTimes = Amounts.ratio(process.nanos(), thread.nanos());
    Words numbers =
        Outcome.numbers()
            .with("virtual", Amounts.time(costs.getFirst().nanos()))
            .with("thread", Amounts.time(thread.nanos()))
            .with("program", Amounts.time(program.nanos()))
            .with("process", Amounts.time(process.nanos()))
            .with("programTimes", Amounts.number(programTimes))
            .with("processTimes", Amounts.number(processTimes))
            .with("memory", mebibytes(process.residentBytes()));
    List<Bar> bars = new ArrayList<>();
    costs.forEach(
        cost -> bars.add(Bar.of(Words.of(cost.name()), cost.nanos(), Amounts.time(cost.nanos()))));
    return Outcome.judged(
        processTimes > 10 && programTimes > 2,
        2,
        numbers,
        List.of(new Figure.Bars(Words.of("figure.time"), bars)));
  }

  private static String mebibytes(long bytes) {
    return Amounts.number(bytes / 1048576.0) + " MiB";
  }

  /**
   * What one costs.
   *
   * @param nanos median, from connecting to the first reply
   * @param residentBytes of a process; 0 for a thread
   */
  private record Cost(String name, double nanos, long residentBytes) {}

  /** From connecting to the first reply: the time in which the worker comes to be. */
  private static Cost connections(IoModel model, int times) throws IOException {
    try (Server server =
        Server.tcp(0, Services.named("echo").named())
            .model(model)
            .workers(times)
            .listener(new Quiet())
            .start()) {
      double[] nanos = new double[times];
      long resident = 0;
      if (model.sharesMemory()) {
        connect(server); // warms up
      }
      for (int i = 0; i < times; i++) {
        long begin = System.nanoTime();
        try (Socket client = connect(server)) {
          nanos[i] = System.nanoTime() - begin;
          resident = model.sharesMemory() ? 0 : childBytes();
          client.shutdownOutput();
        }
      }
      return new Cost(model.word(), Amounts.median(nanos), resident);
    }
  }

  private static Socket connect(Server server) throws IOException {
    Socket client = Clients.connected(server);
    client.setSoTimeout(CHILD_PATIENCE_MILLIS);
    Clients.exchange(client);
    return client;
  }

  /** The largest of the processes that this one has started. */
  private static long childBytes() {
    return ProcessHandle.current()
        .children()
        .mapToLong(child -> residentBytes(child.pid()))
        .max()
        .orElse(0);
  }

  private static long residentBytes(long pid) {
    try {
      String status = Files.readString(Path.of("/proc/" + pid + "/status"));
      return status
              .lines()
              .filter(line -> line.startsWith("VmRSS:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElse(0)
          * 1024;
    } catch (IOException ended) {
      return 0;
    }
  }

  /** The least a process can be: started, and over. */
  private static Cost program(int times) throws IOException, InterruptedException {
    double[] nanos = new double[times];
    for (int i = 0; i < times; i++) {
      long begin = System.nanoTime();
      new ProcessBuilder("/bin/true").start().waitFor();
      nanos[i] = System.nanoTime() - begin;
    }
    return new Cost("true", Amounts.median(nanos), 0);
  }
}
