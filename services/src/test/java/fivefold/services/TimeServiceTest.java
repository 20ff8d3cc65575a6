package fivefold.services;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.net.IoModel;
import fivefold.net.Server;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

class TimeServiceTest {
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2020-06-11T14:15:21.267058Z"), ZoneOffset.UTC);
  private static final byte[] TIME_868 = {(byte) 0xe2, (byte) 0x8c, (byte) 0xba, (byte) 0xf9};

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void answersADatagramWithTheTimeAsText(IoModel model) throws Exception {
    assertThat(new String(overUdp(model, TimeProtocol.TEXT, "time-client"), US_ASCII))
        .isEqualTo("2020-06-11 14:15:21.267058");
  }

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void answersAnEmptyDatagramAsRfc868Wants(IoModel model) throws Exception {
    assertThat(overUdp(model, TimeProtocol.TIME, "")).isEqualTo(TIME_868);
  }

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void speaksFirstAndClosesOnTcp(IoModel model) throws Exception {
    assertThat(overTcp(model, TimeProtocol.TIME)).isEqualTo(TIME_868);
    assertThat(new String(overTcp(model, TimeProtocol.DAYTIME), US_ASCII))
        .isEqualTo("Thursday, June 11, 2020 14:15:21-Z\r\n");
    assertThat(new String(overTcp(model, TimeProtocol.TEXT), US_ASCII))
        .isEqualTo("2020-06-11 14:15:21.267058");
  }

  private static byte[] overTcp(IoModel model, TimeProtocol protocol) throws IOException {
    TimeService time = new TimeService(protocol, CLOCK);
    try (Server server = Server.tcp(0, time.streamHandlers()).model(model).start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      return socket.getInputStream().readAllBytes();
    }
  }

  private static byte[] overUdp(IoModel model, TimeProtocol protocol, String text)
      throws IOException {
    TimeService time = new TimeService(protocol, CLOCK);
    assumeTrue(model.servesDatagrams(), "no UDP on " + model);
    try (Server server =
            Server.udp(0, time.datagramHandler())
                .replyBeyondBytes(time.replyBeyondBytes())
                .model(model)
                .start();
        DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      byte[] sent = text.getBytes(US_ASCII);
      InetAddress loopback = InetAddress.getLoopbackAddress();
      socket.send(new DatagramPacket(sent, sent.length, loopback, server.port()));
      DatagramPacket received = new DatagramPacket(new byte[1000], 1000);
      socket.receive(received);
      return Arrays.copyOf(received.getData(), received.getLength());
    }
  }
}
