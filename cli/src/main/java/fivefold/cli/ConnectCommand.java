package fivefold.cli;

import fivefold.cli.connect.Calls;
import fivefold.cli.connect.DatagramPipe;
import fivefold.cli.connect.DatagramWire;
import fivefold.cli.connect.LineEnd;
import fivefold.cli.connect.PartsExchange;
import fivefold.cli.connect.StreamPipe;
import fivefold.cli.connect.StreamWire;
import fivefold.cli.connect.TerminalSession;
import fivefold.cli.console.Terminals;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Talks to any server, from a terminal or a pipe. */
@Command(
    name = "connect",
    description = "Talk to a server: what is typed or piped in is sent, what comes back is shown.",
    footer = {
      "",
      "On a terminal each line that is not empty is sent, Ctrl-D ends this side and waits for the",
      "rest, Ctrl-C ends at once. From a pipe every byte is sent as it is, then the same as Ctrl-D;",
      "with --udp every line is a datagram.",
      "",
      "Examples:",
      "  fivefold connect localhost:8001",
      "  fivefold connect [::1]:8001",
      "  fivefold connect unix:/run/echo.sock",
      "  printf 'hello' | fivefold connect localhost:8001",
      "  fivefold connect localhost:8443 --tls --ca cert.pem",
      "  fivefold connect localhost:8001 --connections 2 --parts 'This is |in parts.'",
      "  echo now | fivefold connect --udp localhost:3333"
    })
final class ConnectCommand implements Runnable {
  @Parameters(paramLabel = "HOST:PORT", description = "The server; unix:PATH for a Unix socket.")
  String server = "";

  @Option(names = "--udp", description = "Send datagrams.")
  boolean udp;

  @Option(
      names = "--line-end",
      paramLabel = "END",
      description = "What ends a line that was typed: lf (default), crlf or none. TCP only.")
  String lineEnd = LineEnd.LF.word();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "How long to wait for the connection, or for an answer by UDP (3s).")
  Duration timeout = Duration.ofSeconds(3);

  @Mixin CallTlsFlags tls = new CallTlsFlags();
  @Mixin PartsFlags parts = new PartsFlags();

  @Override
  public void run() {
    ServerAddress address = ServerAddress.parse(server);
    LineEnd end = LineEnd.parse(lineEnd);
    Calls.requireTimeout(timeout);
    tls.check(udp);
    List<String> toSend = parts.parts(udp);
    int connections = parts.connections();
    try {
      if (!toSend.isEmpty()) {
        exchange(address, toSend, connections);
      } else if (udp) {
        datagrams(udpServer(address));
      } else {
        stream(address, end);
      }
    } catch (PortUnreachableException e) {
      throw new FailureException("nothing listens on " + address + " (UDP); start a server", e);
    } catch (IOException e) {
      throw new FailureException("the connection to " + address + " broke: " + e.getMessage(), e);
    }
  }

  private void stream(ServerAddress address, LineEnd end) throws IOException {
    try (Socket connected = Calls.connect(address, timeout);
        Socket socket = tls.over(connected, address, timeout)) {
      if (Terminals.arePresent()) {
        TerminalSession.run(new StreamWire(socket, end));
      } else {
        StreamPipe.run(socket, System.in, standardOutput());
      }
    }
  }

  private void exchange(ServerAddress address, List<String> toSend, int connections)
      throws IOException {
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < connections; i++) {
        Socket connected = Calls.connect(address, timeout);
        sockets.add(connected);
        sockets.set(i, tls.over(connected, address, timeout));
      }
      new PartsExchange(sockets, timeout, System.out).run(toSend);
    } finally {
      for (Socket each : sockets) {
        each.close();
      }
    }
  }

  private HostPort udpServer(ServerAddress address) {
    if (address instanceof HostPort host) {
      return host;
    }
    throw new UsageException(address + " and --udp are both given; expected one of them");
  }

  private void datagrams(HostPort address) throws IOException {
    try (DatagramSocket socket = Calls.open(address)) {
      if (Terminals.arePresent()) {
        TerminalSession.run(new DatagramWire(socket));
      } else {
        new DatagramPipe(socket, timeout).run(System.in, standardOutput());
      }
    }
  }

  /** Not System.out, which keeps silent when nobody reads any more. */
  private static OutputStream standardOutput() {
    return new FileOutputStream(FileDescriptor.out);
  }
}
