package fivefold.net.blocking.process;

import fivefold.net.CloseReason;
import fivefold.net.DatagramOptions;
import fivefold.net.NamedHandlers;
import fivefold.net.StreamOptions;
import fivefold.net.loop.StreamServing;
import fivefold.sys.Children;
import fivefold.sys.Descriptors;
import fivefold.sys.Errno;
import fivefold.sys.Spawn;
import fivefold.sys.Spawn.Onto;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a server: starts them, hears their reports, takes their end. On the supervisor's
 * thread, but for what is read of the counts.
 */
final class Staff {
  private static final int STANDARD_ERROR = 2;
  private static final int KILLED = 128;

  private final StreamServing serving;
  private final NamedHandlers handlers;
  private final Pipes pipes;
  private final List<String> environment =
      System.getenv().entrySet().stream()
          .map(each -> each.getKey() + "=" + each.getValue())
          .toList();
  private final Map<Long, WorkerProcess> workers = new ConcurrentHashMap<>();
  private final @Nullable DatagramOptions datagrams;
  private volatile Tally past = Tally.NONE;
  private volatile boolean cutOff;
  private long lastNumber;

  /**
   * Nobody yet.
   *
   * @param datagrams null for a server of connections
   */
  Staff(
      StreamServing serving,
      NamedHandlers handlers,
      Pipes pipes,
      @Nullable DatagramOptions datagrams) {
    this.datagrams = datagrams;
    this.serving = serving;
    this.handlers = handlers;
    this.pipes = pipes;
  }

  Collection<WorkerProcess> workers() {
    return workers.values();
  }

  int size() {
    return workers.size();
  }

  /**
   * Starts a worker.
   *
   * @param socket becomes its descriptor 0; stays open here
   * @throws StartFailure when the system gives no process for it
   */
  WorkerProcess start(int socket, long idsBefore) throws StartFailure {
    long number = ++lastNumber;
    StreamOptions options = serving.options();
    WorkerOrder order =
        new WorkerOrder(
            number,
            idsBefore,
            options.idleTimeout(),
            options.outbox(),
            datagrams == null ? 0 : datagrams.datagramLimitBytes(),
            datagrams == null ? 0 : datagrams.replyBeyondBytes(),
            handlers);
    List<Onto> descriptors =
        List.of(
            new Onto(socket, 0),
            new Onto(pipes.reportsWrite, 1),
            new Onto(standardError(), STANDARD_ERROR),
            new Onto(pipes.lifelineRead, 3));
    int pid =
        Spawn.start(
            WorkerCommand.java(),
            WorkerCommand.words(order, options.address()),
            environment,
            descriptors);
    if (pid < 0) {
      throw new StartFailure(pid);
    }
    int end = Children.openDescriptor(pid);
    WorkerProcess worker = new WorkerProcess(number, pid, end);
    if (end < 0) {
      worker.kill();
      while (worker.reap() < 0) {
        Thread.onSpinWait();
      }
      throw new StartFailure(end);
    }
    workers.put(number, worker);
    return worker;
  }

  private int standardError() {
    return Descriptors.getFlags(STANDARD_ERROR) < 0 ? pipes.reportsWrite : STANDARD_ERROR;
  }

  /** A worker could not be started. */
  static final class StartFailure extends IOException {
    private static final long serialVersionUID = 1;

    StartFailure(int negativeErrno) {
      super("no process for it: " + Errno.describe(-negativeErrno));
    }
  }

  /** Hears what the workers have written. */
  void hear() {
    for (String line : pipes.newLines()) {
      Report report = Report.parse(line);
      WorkerProcess worker = report == null ? null : workers.get(report.worker());
      if (report == null) {
        serving.listener().warned("a worker process printed: " + line);
      } else if (worker != null) {
        hear(worker, report);
      }
    }
  }

  private void hear(WorkerProcess worker, Report report) {
    ProcessConnection connection = worker.connection();
    switch (report.kind()) {
      case READY -> worker.becameReady();
      case OPENED -> {
        worker.becameReady();
        if (connection == null) {
          accepted(worker, report);
        }
      }
      case COUNTS -> {
        worker.counted(Tally.of(report));
        if (connection != null) {
          connection.counted(worker.tally().minus(worker.tallyBefore()));
        }
      }
      case FAILED -> {
        SocketAddress peer =
            connection == null ? serving.options().address() : connection.remoteAddress();
        serving.handlerFailed(
            peer, new WorkerException(worker.pid(), report.text(0), report.text(1)));
      }
      case CLOSED -> {
        worker.gaveReason(CloseReason.of(CloseReason.Kind.valueOf(report.text(0)), report.text(1)));
        conclude(worker);
      }
      case WARNED -> serving.listener().warned(worker + ": " + report.text(0));
    }
  }

  /** A worker has accepted by itself: of the limit on connections it knows nothing. */
  private void accepted(WorkerProcess worker, Report report) {
    serving.nextId();
    serving.tryOpen();
    opened(worker, report.number(0), address(report, 1), address(report, 3));
  }

  private static SocketAddress address(Report report, int index) {
    int port = (int) report.number(index + 1);
    try {
      return new InetSocketAddress(InetAddress.getByName(report.text(index)), port);
    } catch (UnknownHostException e) {
      return InetSocketAddress.createUnresolved(report.text(index), port);
    }
  }

  /** A worker serves this connection, which is counted. */
  void opened(WorkerProcess worker, long id, SocketAddress remote, SocketAddress local) {
    ProcessConnection connection = new ProcessConnection(worker, id, remote, local);
    worker.serves(connection);
    serving.opened(connection);
  }

  private void conclude(WorkerProcess worker) {
    ProcessConnection connection = worker.connection();
    if (connection == null) {
      return;
    }
    CloseReason reason = worker.reason();
    worker.serves(null);
    connection.closed();
    serving.closed(connection, reason == null ? CloseReason.ABORTED : reason);
  }

  /**
   * Takes a worker's end, once it has been heard.
   *
   * @return its exit code, negative when it still runs
   */
  int reap(WorkerProcess worker) {
    int exitCode = worker.reap();
    if (exitCode >= 0) {
      workers.remove(worker.number());
      past = past.plus(worker.tally().minus(Tally.NONE));
      ProcessConnection connection = worker.connection();
      if (connection != null) {
        worker.gaveReason(reasonOfEnd(worker, connection, exitCode));
        conclude(worker);
      }
    }
    return exitCode;
  }

  private CloseReason reasonOfEnd(
      WorkerProcess worker, ProcessConnection connection, int exitCode) {
    if (cutOff) {
      return CloseReason.SERVER_STOPPED;
    }
    return CloseReason.of(
        connection.isOpen() ? CloseReason.Kind.IO_ERROR : CloseReason.Kind.ABORTED,
        "its " + worker + " " + describe(exitCode));
  }

  /** The server's patience is over; any thread. */
  void cutOff() {
    cutOff = true;
    connections().forEach(ProcessConnection::abort);
  }

  static String describe(int exitCode) {
    return exitCode > KILLED && exitCode <= KILLED + 64
        ? "was killed by signal " + (exitCode - KILLED)
        : "ended with exit code " + exitCode;
  }

  /** The connections of this moment; any thread. */
  List<ProcessConnection> connections() {
    List<ProcessConnection> all = new ArrayList<>();
    for (WorkerProcess worker : workers.values()) {
      ProcessConnection connection = worker.connection();
      if (connection != null) {
        all.add(connection);
      }
    }
    return all;
  }

  /** All that was counted; any thread. */
  Tally tally() {
    Tally sum = past;
    for (WorkerProcess worker : workers.values()) {
      sum = sum.plus(worker.tally());
    }
    return sum;
  }
}
