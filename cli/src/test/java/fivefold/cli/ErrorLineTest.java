package fivefold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorLineTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          srve                            | unknown command 'srve'; expected one of
          srve                            | did you mean 'serve'?; see 'fivefold --help'
          serve                           | serve: missing required parameter: 'SERVICE'; see 'fivefold serve --help'
          serve ecko                      | unknown service 'ecko'; expected one of time, echo, chat, operator; did you mean 'echo'?
          serve echo more                 | 'more' is one word too many
          serve echo --modle epoll        | unknown option '--modle'; did you mean '--model'?
          serve echo --model epol         | unknown model 'epol'; expected one of process, thread,
          serve echo --model epol         | did you mean 'epoll'?
          serve echo --model devpoll      | 'devpoll' is not there: no JDK 25 exists for that platform
          serve echo --require epol       | unknown model 'epol'; expected one of process, thread,
          serve echo --require epoll,     | unknown model ''; expected one of process, thread,
          serve echo --model nio --require epoll | --require is for --model auto, and the model nio
          serve echo --port 70000         | port is 70000; expected 0 to 65535
          serve echo --port -1            | port is -1; expected 0 to 65535
          serve echo --port 99999999999   | '99999999999' is too large; expected at most 2147483647
          serve echo --port http          | 'http' is no number; expected a whole number
          serve echo --loops 0            | loops is 0; expected 1 to 1024
          serve echo --loops 9999         | loops is 9999; expected 1 to 1024
          serve echo --workers -5         | workers is -5; expected 1 to 100000
          serve echo --backlog 0          | backlog is 0; expected at least 1
          serve echo --connections-max 0  | connection limit is 0; expected at least 1
          serve echo --idle-timeout 5     | '5' lacks a unit; expected a number and ms, s, m or h
          serve echo --idle-timeout -5s   | '-5s' is negative; expected zero or more
          serve echo --idle-timeout soon  | 'soon' is no length of time
          serve echo --drain -1s          | '-1s' is negative; expected zero or more
          serve echo --outbox-bytes -4    | outbox limit in bytes is -4; expected at least 1
          serve echo --outbox-bytes 5000m | '5000m' is too large; expected at most 2047m
          serve echo --outbox-bytes many  | 'many' is no size; expected bytes, such as 4096, 64k or 1m
          serve echo --outbox-age 0       | outbox limit in time is
          serve echo --slow-consumer drop | unknown --slow-consumer 'drop'; expected one of disconnect,
          serve echo --log-level dbug     | expected one of error, warn, info, debug; did you mean 'debug'?
          serve echo --tcp --udp          | --tcp and --udp are both given; expected one of them
          serve echo --unix /x --port 1   | --unix names a Unix socket, and --host, --port, --tcp and --udp
          serve echo --unix /x --udp      | --unix names a Unix socket, and --host, --port, --tcp and --udp
          serve echo --unix-mode 0600     | --unix-mode is for a Unix socket; add --unix PATH
          serve echo --unix /x --unix-mode rw | 'rw' is no mode of a file; expected three octal digits
          serve echo --unix @x --unix-mode 600 | the abstract name @x has no file, and so no permissions
          connect unix:                   | 'unix:' has no path; expected such as unix:/run/app.sock
          connect unix:@x                 | 'unix:@x' is an abstract name, which the JDK cannot call
          connect --udp unix:/x           | unix:/x and --udp are both given; expected one of them
          serve echo --protocol time      | the service echo has no option 'protocol'; expected reply
          serve echo --reply uper         | unknown reply 'uper'; expected one of upper, same,
          serve time --protocol ntp       | unknown protocol 'ntp'; expected one of text, time, daytime
          serve time --backlog 5          | are for connections, and this serves datagrams
          serve echo --model epoll --prefork 2 | --prefork starts processes ahead, and model epoll
          serve echo --model process --prefork 0 | --prefork is 0; expected at least 1
          serve time --model process --prefork 2 | --prefork is for connections, and this serves
          connect                         | missing required parameter: 'HOST:PORT'
          connect localhost               | 'localhost' has no port; expected HOST:PORT
          connect ::1:8001                | is an IPv6 address without brackets
          connect localhost:99999         | has '99999' for a port, and ports are 1 to 65535
          connect localhost:1 --line-end x | unknown --line-end 'x'; expected one of lf, crlf, none
          time localhost:1 --timeout 0    | --timeout is 0 ms; expected more than zero
          time localhost:1 --protocol ntp | unknown protocol 'ntp'; expected one of text, time, daytime
          models --jsn                    | unknown option '--jsn'; did you mean '--json'?
          doctor --jsn                    | unknown option '--jsn'; did you mean '--json'?
          """)
  void badUsageIsOneLineThatSaysWhatIsExpectedAndExitCode2(String words, String expected) {
    Captured run = Captured.run(words.split(" +"));
    assertThat(run.errors()).startsWith("fivefold: ").contains(expected);
    assertThat(run.errors().lines()).hasSize(1);
    assertThat(run.exitCode()).isEqualTo(2);
  }

  @Test
  void aFileOfASecretThatCannotBeReadIsNamed(@TempDir Path folder) throws IOException {
    String none = folder.resolve("none").toString();
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 10});
    String[][] asked = {
      {none, "no file " + none},
      {folder.toString(), folder + " is a directory; expected a file with one line"},
      {binary.toString(), binary + " is no text in UTF-8"},
      {"/dev/zero", "/dev/zero has a first line of more than 64 KiB"},
    };
    for (String[] each : asked) {
      Captured run = Captured.run("serve", "chat", "--port", "0", "--password-file", each[0]);
      assertThat(run.errors()).startsWith("fivefold: serve: " + each[1]);
      assertThat(run.errors().lines()).hasSize(1);
      assertThat(run.exitCode()).isEqualTo(1);
      Captured client = Captured.run("chat", "localhost:1", "--password-file", each[0]);
      assertThat(client.errors()).contains(each[1]);
    }
  }

  @Test
  void debugAddsTheStackTrace() {
    assertThat(Captured.run("serve", "ecko").errors()).doesNotContain("\tat ");
    assertThat(Captured.run("serve", "ecko", "--debug").errors()).contains("\tat fivefold.cli");
    assertThat(Captured.run("serve", "echo", "--nope", "--debug").errors()).contains("\tat ");
  }

  @Test
  void whatNobodyForesawIsOneLineToo() {
    ErrorLine line = new ErrorLine(() -> false);
    Captured run = Captured.of(() -> line.report(new StackOverflowError("deep\ndown")));
    assertThat(run.errors())
        .isEqualTo(
            "fivefold: unexpected java.lang.StackOverflowError: deep down; this is a fault of"
                + " fivefold; repeat with --debug and report it\n");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void eachCommandExplainsItself() {
    for (String command :
        new String[] {"compare", "load", "serve", "connect", "chat", "time", "models", "doctor"}) {
      Captured run = Captured.run(command, "--help");
      assertThat(run.output()).startsWith("Usage: fivefold " + command).contains("Examples:");
      assertThat(run.exitCode()).isZero();
    }
  }

  @Test
  void namesAllCommandsInItsHelp() {
    assertThat(Captured.run("--help").output())
        .contains("compare", "load", "serve", "connect", "chat", "time", "models", "doctor");
  }
}
