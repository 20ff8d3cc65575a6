package fivefold.lab.site;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.lab.compare.ThisMachine;
import fivefold.lab.exhibit.Exhibit;
import fivefold.lab.exhibit.Exhibits;
import fivefold.sys.Limits;
import fivefold.sys.Platform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page by the bytes of HTTP, so that a header can be what it likes. */
class LabSiteTest {
  private LabSite site;
  private int port;

  @BeforeEach
  void open() throws IOException {
    Assumptions.assumeTrue(Platform.unavailable().isEmpty());
    Limits.raiseDescriptors();
    site = LabSite.start(0, ThisMachine.describe(), List.of("false"));
    port = URI.create(site.address()).getPort();
  }

  @AfterEach
  void close() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  void showsEachExhibitInBothLanguages() throws IOException {
    List<String> names = Exhibits.all().stream().map(Exhibit::name).toList();
    String english = get("/", "");
    assertThat(names).allSatisfy(name -> assertThat(english).contains("<article id=\"" + name));
    assertThat(english).contains("Run it").doesNotContain("{{");
    assertThat(get("/?lang=zh", "")).contains("三个要等待的任务");
    assertThat(get("/?lang=fr", "")).startsWith("HTTP/1.1 400");
    assertThat(get("/nowhere", "")).startsWith("HTTP/1.1 404");
    assertThat(get("/report", "")).startsWith("HTTP/1.1 404");
  }

  @Test
  void runsAnExhibitAndSendsWhatItShows() throws IOException {
    String events = get("/exhibit?name=fd-1024&guess=1", "");
    assertThat(events)
        .contains("event: progress", "event: html", "You guessed 1; the run says 3", "event: done");
    assertThat(get("/exhibit?name=nothing", "")).contains("event: failed", "no such exhibit");
    assertThat(get("/exhibit?name=fd-1024&guess=9", "")).contains("guess must be 0 to 3");
    assertThat(get("/compare?models=epol", "")).contains("unknown model 'epol'");
  }

  @Test
  void saysWhatIsMissingInTheLanguageOfThePage() throws IOException {
    assertThat(get("/compare?models=", "")).contains("event: failed", "no model is chosen");
    assertThat(get("/compare?models=&lang=zh", "")).contains("event: failed", "没有选模型");
    String few = "/compare?models=epoll&connections=1&mix=slow-readers&lang=";
    assertThat(get(few + "en", "")).contains("this mix needs at least 2 connections");
    assertThat(get(few + "zh", "")).contains("至少要 2 个连接");
    assertThat(get("/?lang=zh", "")).contains("<option value=\"idle\">idle：10 个在请求");
  }

  @Test
  void answersItsOwnPageOnly() throws IOException {
    assertThat(get("/", "Sec-Fetch-Site: same-origin\r\n")).startsWith("HTTP/1.1 200");
    assertThat(get("/", "Sec-Fetch-Site: cross-site\r\n")).startsWith("HTTP/1.1 403");
    assertThat(get("/", "Origin: http://example.org\r\n")).startsWith("HTTP/1.1 403");
    assertThat(exchange("GET / HTTP/1.1\r\nHost: example.org\r\n")).startsWith("HTTP/1.1 403");
    assertThat(exchange("POST / HTTP/1.1\r\nHost: localhost:" + port + "\r\n"))
        .startsWith("HTTP/1.1 405");
  }

  private String get(String path, String headers) throws IOException {
    return exchange("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n" + headers);
  }

  private String exchange(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      String request = head + "Connection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
