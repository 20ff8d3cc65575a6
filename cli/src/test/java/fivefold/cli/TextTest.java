package fivefold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1:80",
    "::1, [::1]:80",
    "::, [::]:80",
    "fe80::a:b:c:d, [fe80::a:b:c:d]:80",
    "10:0:0:0:1:0:0:0, [10::1:0:0:0]:80",
    "1:0:0:2:0:0:0:3, [1:0:0:2::3]:80",
    "1:2:3:4:5:6:7:8, [1:2:3:4:5:6:7:8]:80",
    "2001:db8::, [2001:db8::]:80"
  })
  void addressesAreWrittenAsOneTypesThem(String address, String text) {
    assertThat(AddressText.of(new InetSocketAddress(InetAddress.ofLiteral(address), 80)))
        .isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"localhost:8001,localhost,8001", "[::1]:80,::1,80", "10.0.0.1:65535,10.0.0.1,65535"})
  void serversAreReadAsHostAndPort(String text, String host, int port) {
    assertThat(HostPort.parse(text)).isEqualTo(new HostPort(host, port)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource({"500ms,500", "30s,30000", "5m,300000", "2H,7200000", "0,0"})
  void lengthsOfTimeHaveUnits(String text, long millis) {
    assertThat(new TimeSpan().convert(text)).hasMillis(millis);
  }

  @ParameterizedTest
  @CsvSource({"4096,4096", "64k,65536", "64KiB,65536", "1m,1048576", "1MB,1048576"})
  void sizesMayHaveUnits(String text, int bytes) {
    assertThat(new ByteSize().convert(text)).isEqualTo(bytes);
  }

  @Test
  void theNearestWordIsSuggestedAndNoFarOne() {
    List<String> words = List.of("epoll", "epoll-et", "poll", "select");
    assertThat(NearMiss.of("epol", words)).contains("epoll");
    assertThat(NearMiss.of("selcet", words)).contains("select");
    assertThat(NearMiss.of("EPOLL", words)).contains("epoll");
    assertThat(NearMiss.of("iocp", words)).isEmpty();
  }

  @Test
  void escapeSequencesOfAPeerDoNotReachTheTerminal() {
    assertThat(PlainText.of("a\u001b[2Jb\u0007\u009b\tc\r\nd")).isEqualTo("a^[[2Jb^G^?\tc\nd");
    assertThat(PlainText.of("größe 时间\n")).isEqualTo("größe 时间\n");
  }
}
