package fivefold.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConnectTest {

  @Test
  void sendsWhatIsPipedInAndPrintsWhatComesBack() throws Exception {
    assertThat(new String(piped("hello\n\nworld".getBytes(UTF_8), "127.0.0.1", "upper"), UTF_8))
        .isEqualTo("HELLO\n\nWORLD");
  }

  @Test
  void passesEveryByteOfALargePipeAndWaitsForTheRest() throws Exception {
    byte[] sent = new byte[5_000_000];
    new Random(1).nextBytes(sent);
    assertThat(Arrays.equals(piped(sent, "127.0.0.1", "same"), sent)).isTrue();
  }

  @Test
  void connectsToAnIpv6AddressInBrackets() throws Exception {
    assumeTrue(ipv6Works(), "no IPv6 loopback here");
    assertThat(new String(piped("hello".getBytes(UTF_8), "::1", "upper"), UTF_8))
        .isEqualTo("HELLO");
  }

  @Test
  void sendsEachLineAsADatagramAndPrintsEachAnswerAsALine() throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "echo", "--udp", "--port", "0");
        Fivefold connect = Fivefold.start("connect", "--udp", "127.0.0.1:" + serve.port())) {
      write(connect, "one\ntwo\nthree\n".getBytes(UTF_8));
      assertThat(connect.output()).isEqualTo("ONE\nTWO\nTHREE");
      assertThat(connect.exitCode()).isZero();
    }
  }

  @Test
  void aDatagramWithoutAnswerIsOneLineAndExitCode1() throws Exception {
    try (var silent = new java.net.DatagramSocket(0, InetAddress.getLoopbackAddress());
        Fivefold connect =
            Fivefold.start(
                "connect", "--udp", "127.0.0.1:" + silent.getLocalPort(), "--timeout", "200ms")) {
      write(connect, "one\n".getBytes(UTF_8));
      assertThat(connect.exitCode()).isEqualTo(1);
      assertThat(connect.errors())
          .isEqualTo(
              "fivefold: connect: sent 1 datagrams and had no answer to 1 of them in time; is a"
                  + " server there, on UDP?\n");
    }
  }

  @Test
  void endsWhenTheServerDoesThoughThePipeIsStillOpen() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Fivefold connect = Fivefold.start("connect", "127.0.0.1:" + listener.getLocalPort())) {
      try (Socket accepted = listener.accept()) {
        accepted.getOutputStream().write("bye".getBytes(UTF_8));
      }
      assertThat(connect.output()).isEqualTo("bye");
      assertThat(connect.exitCode()).isZero();
    }
  }

  @Test
  void aServerThatResetsIsOneLineAndExitCode1() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Fivefold connect = Fivefold.start("connect", "127.0.0.1:" + listener.getLocalPort())) {
      connect.input().write('x');
      connect.input().flush();
      try (Socket accepted = listener.accept()) {
        // Else the reset may meet the client while it still connects.
        accepted.getInputStream().read();
        accepted.setSoLinger(true, 0);
      }
      assertThat(connect.exitCode()).isEqualTo(1);
      assertThat(connect.errors()).contains("broke: Connection reset");
      assertThat(connect.errors().lines()).hasSize(1);
    }
  }

  private static byte[] piped(byte[] input, String host, String reply) throws Exception {
    String bracketed = host.contains(":") ? "[" + host + "]" : host;
    try (Fivefold serve =
            Fivefold.start("serve", "echo", "--host", host, "--port", "0", "--reply", reply);
        Fivefold connect = Fivefold.start("connect", bracketed + ":" + serve.port())) {
      Thread.ofVirtual().start(() -> write(connect, input));
      byte[] output = connect.outputBytes();
      assertThat(connect.exitCode()).isZero();
      return output;
    }
  }

  private static void write(Fivefold connect, byte[] input) {
    try (OutputStream out = connect.input()) {
      out.write(input);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean ipv6Works() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
      return socket.isBound();
    } catch (IOException none) {
      return false;
    }
  }
}
