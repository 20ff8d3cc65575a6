package fivefold.cli;

import fivefold.cli.connect.Calls;
import fivefold.services.TimeProtocol;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a server for the time. */
@Command(
    name = "time",
    description = "Ask a time server for the time and print it.",
    footer = {
      "",
      "Examples:",
      "  fivefold time localhost:3333",
      "  fivefold time [::1]:3333 --timeout 500ms",
      "  fivefold time localhost:37 --protocol time --tcp"
    })
final class TimeCommand implements Runnable {
  private static final int REPLY_LIMIT_BYTES = 512;

  /**
   * Servers do not read it. RFC 868 has it empty, but the JDK 25 never sends an empty one when
   * connected.
   */
  private static final byte[] QUESTION = {'?'};

  @Parameters(paramLabel = "HOST:PORT", description = "The server; unix:PATH for a Unix socket.")
  String server = "";

  @Option(
      names = "--protocol",
      paramLabel = "PROTOCOL",
      description = "text (default), time (RFC 868) or daytime (RFC 867).")
  String protocol = TimeProtocol.TEXT.word();

  @Option(names = "--tcp", description = "Ask by TCP instead of UDP.")
  boolean tcp;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "How long to wait for the answer (3s).")
  Duration timeout = Duration.ofSeconds(3);

  @Override
  public void run() {
    ServerAddress address = ServerAddress.parse(server);
    TimeProtocol wanted = parseProtocol();
    Calls.requireTimeout(timeout);
    byte[] reply = ask(address);
    try {
      System.out.println(PlainText.of(wanted.decode(reply, ZoneId.systemDefault())));
    } catch (IllegalArgumentException e) {
      throw new FailureException(
          address + " answered something else: " + e.getMessage() + "; try another --protocol", e);
    }
  }

  private TimeProtocol parseProtocol() {
    try {
      return TimeProtocol.parse(protocol);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e);
    }
  }

  private byte[] ask(ServerAddress address) {
    try {
      return !tcp && address instanceof HostPort host ? askByUdp(host) : askByStream(address);
    } catch (SocketTimeoutException e) {
      throw new FailureException(
          "no answer from "
              + address
              + " within "
              + TimeSpan.text(timeout)
              + "; is it a time server, on "
              + (tcp || address instanceof UnixPath ? "a stream" : "UDP")
              + "?",
          e);
    } catch (PortUnreachableException e) {
      throw new FailureException("nothing listens on " + address + " (UDP); start a server", e);
    } catch (IOException e) {
      throw new FailureException("asking " + address + " failed: " + e.getMessage(), e);
    }
  }

  private byte[] askByUdp(HostPort address) throws IOException {
    try (DatagramSocket socket = Calls.open(address)) {
      socket.setSoTimeout((int) timeout.toMillis());
      socket.send(new DatagramPacket(QUESTION, QUESTION.length));
      DatagramPacket reply = new DatagramPacket(new byte[REPLY_LIMIT_BYTES], REPLY_LIMIT_BYTES);
      socket.receive(reply);
      return Arrays.copyOf(reply.getData(), reply.getLength());
    }
  }

  private byte[] askByStream(ServerAddress address) throws IOException {
    try (Socket socket = Calls.connect(address, timeout)) {
      socket.setSoTimeout((int) timeout.toMillis());
      byte[] reply = socket.getInputStream().readNBytes(REPLY_LIMIT_BYTES);
      if (reply.length == 0) {
        throw new EOFException("it closed without an answer");
      }
      return reply;
    }
  }
}
