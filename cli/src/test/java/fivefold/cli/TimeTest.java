package fivefold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class TimeTest {

  @Test
  void asksForSecondsSince1900ByTcpAndShowsThemInLocalTime() throws Exception {
    assertThat(asked("time", "--tcp")).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
  }

  @Test
  void asksForSecondsSince1900ByUdp() throws Exception {
    assertThat(asked("time", "--udp")).matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
  }

  @Test
  void asksForTheDaytimeByTcp() throws Exception {
    assertThat(asked("daytime", "--tcp"))
        .matches("[A-Z][a-z]+day, [A-Z][a-z]+ \\d+, \\d{4} \\d\\d:\\d\\d:\\d\\d-\\S+");
  }

  @Test
  void aServerThatSaysNothingIsOneLineAfterTheTimeout() throws Exception {
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Fivefold time =
            Fivefold.start("time", "127.0.0.1:" + silent.getLocalPort(), "--timeout", "200ms")) {
      assertThat(time.exitCode()).isEqualTo(1);
      assertThat(time.errors())
          .isEqualTo(
              "fivefold: time: no answer from 127.0.0.1:"
                  + silent.getLocalPort()
                  + " within 200 ms; is it a time server, on UDP?\n");
    }
  }

  @Test
  void aPortWithoutAServerIsOneLine() throws Exception {
    int free = freePort();
    try (Fivefold time = Fivefold.start("time", "127.0.0.1:" + free, "--tcp")) {
      assertThat(time.exitCode()).isEqualTo(1);
      assertThat(time.errors())
          .isEqualTo(
              "fivefold: time: cannot connect to 127.0.0.1:"
                  + free
                  + ": connection refused; start a server there, or check the port\n");
    }
  }

  @Test
  void anAnswerInAnotherProtocolIsOneLine() throws Exception {
    try (Fivefold serve = Fivefold.start("serve", "time", "--port", "0");
        Fivefold time = Fivefold.start("time", "127.0.0.1:" + serve.port(), "--protocol", "time")) {
      assertThat(time.exitCode()).isEqualTo(1);
      assertThat(time.errors()).contains("answered something else", "26 bytes; expected 4");
    }
  }

  private static String asked(String protocol, String transport) throws Exception {
    try (Fivefold serve =
            Fivefold.start("serve", "time", "--port", "0", "--protocol", protocol, transport);
        Fivefold time =
            Fivefold.start(
                "time",
                "127.0.0.1:" + serve.port(),
                "--protocol",
                protocol,
                transport.equals("--tcp") ? "--tcp" : "--timeout=3s")) {
      String line = time.line();
      assertThat(time.exitCode()).isZero();
      return line;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
