package fivefold.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The chat's client on a pseudo terminal: keys and the mouse go in as bytes, pictures come out. */
class ChatTerminalTest {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final String CSI = "\u001b[";
  private static final String OTHER_SCREEN = CSI + "?1049h";
  private static final String SCREEN_BEFORE = CSI + "?1049l";

  @BeforeEach
  void needsScript() {
    OnTerminal.needsScript();
  }

  @Test
  void talksByKeyboardAndMouse() throws Exception {
    try (Fivefold serve = serve("0")) {
      int port = serve.port();
      try (OnTerminal chat = new OnTerminal("chat", "127.0.0.1:" + port, "--nick", "ann");
          Neighbour bob = new Neighbour(port)) {
        chat.expect(OTHER_SCREEN);
        chat.expect("you are now ann");
        bob.say("/nick bob");
        bob.say("你好 from bob");
        chat.expect(latin("你好 from bob"));

        chat.type("再见x\u007f\r"); // and the last letter deleted
        bob.hear("再见");
        chat.expect(latin(": 再见"));

        chat.resize(60, 12); // the input is the last row
        chat.expect(CSI + "12;3H");

        // The text ends with row 10: her message, and above it his.
        chat.type(CSI + "<0;15;9M");
        chat.expect("> /msg bob ");
        chat.type("psst\r");
        bob.hear("* from ann, to you alone: psst");

        chat.type("/join java\r");
        chat.expect("you are in #java");
        bob.say("left alone");
        chat.type(CSI + "5~" + CSI + "<64;5;5M"); // PgUp and the wheel, where there is nothing
        chat.type("/who\r");
        chat.expect("#java, 1 here: ann");
        chat.type("\u0004");
        chat.expect(SCREEN_BEFORE);
        assertThat(chat.exitCode()).isZero();
      }
    }
  }

  @Test
  void looksBackWithoutLosingItsPlace() throws Exception {
    try (Fivefold serve = serve("0")) {
      int port = serve.port();
      try (OnTerminal chat = new OnTerminal("chat", "127.0.0.1:" + port);
          Neighbour bob = new Neighbour(port)) {
        chat.expect("here: 2"); // or what is said now comes before the client
        for (int i = 1; i <= 60; i++) {
          bob.say("line " + i + ".");
        }
        chat.expect("line 60.");
        chat.type(CSI + "5~");
        chat.expect("line 8.");
        chat.expect("26 rows below");
        bob.say("one more.");
        chat.expect("27 rows below");
        chat.type(CSI + "<0;3;29M"); // on the status
        chat.expect("one more.");
        chat.type("\u0003");
        assertThat(chat.exitCode()).isZero();
      }
    }
  }

  @Test
  void aSignalLeavesTheTerminalAsItWas() throws Exception {
    try (Fivefold serve = serve("0")) {
      String command = Fivefold.shellCommand("chat", "127.0.0.1:" + serve.port());
      try (OnTerminal chat = OnTerminal.shell(command + "; echo exit $?; stty -a")) {
        chat.expect("connected");
        chat.signal("TERM");
        chat.expect(CSI + "?1000l"); // no mouse any more
        chat.expect(SCREEN_BEFORE);
        chat.expect("exit 143");
        chat.expect(" icanon");
        chat.expect(" echo ");
      }
    }
  }

  @Test
  void anErrorLeavesTheTerminalAsItWas() throws Exception {
    String command = Fivefold.shellCommand("chat", "127.0.0.1:" + closedPort());
    try (OnTerminal chat = OnTerminal.shell(command + "; echo exit $?; stty -a")) {
      chat.expect(OTHER_SCREEN);
      chat.expect(SCREEN_BEFORE);
      chat.expect("fivefold: chat: cannot connect to 127.0.0.1:");
      chat.expect("start a server there, or check the port");
      chat.expect("exit 1");
      chat.expect(" icanon");
      chat.expect(" echo ");
    }
  }

  @Test
  void comesBackToAServerThatComesBack() throws Exception {
    Fivefold serve = serve("0");
    int port = serve.port();
    try (OnTerminal chat = new OnTerminal("chat", "127.0.0.1:" + port, "--nick", "ann")) {
      chat.expect("you are now ann");
      serve.signal("TERM");
      chat.expect("the connection is lost: ");
      chat.expect("next try in");
      serve.close();
      try (Fivefold again = serve("" + port)) {
        again.port();
        chat.expect("connected again");
        chat.expect("you are now ann");
        chat.type("\u0004");
        assertThat(chat.exitCode()).isZero();
      }
    } finally {
      serve.close();
    }
  }

  @Test
  void asksForAPasswordAndDoesNotShowIt() throws Exception {
    try (Fivefold serve =
        Fivefold.start(
            "serve", "chat", "--port", "0", "--history", "none", "--password", "sesame")) {
      try (OnTerminal chat = new OnTerminal("chat", "127.0.0.1:" + serve.port())) {
        chat.expect("this chat has a password");
        chat.type("sesame");
        assertThat(chat.upTo("> ******")).doesNotContain("sesame");
        chat.type("\r");
        assertThat(chat.upTo("you are in")).doesNotContain("sesame");
        chat.type("\u0004");
        assertThat(chat.exitCode()).isZero();
      }
    }
  }

  private static Fivefold serve(String port) throws IOException {
    return Fivefold.start(
        "serve", "chat", "--port", port, "--history", "none", "--rate", "0", "--no-console");
  }

  /** As it looks to one that reads a terminal byte by byte. */
  private static String latin(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Somebody else in the chat. */
  private static final class Neighbour implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    Neighbour(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    void say(String line) throws IOException {
      socket.getOutputStream().write((line + "\n").getBytes(UTF_8));
    }

    void hear(String wanted) throws IOException {
      for (String line = in.readLine(); !wanted.equals(line); line = in.readLine()) {
        assertThat(line).as("before %s was heard", wanted).isNotNull();
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
