package fivefold.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A member that says numbered messages at a steady pace, and writes down what it hears. */
final class Talker implements AutoCloseable {
  private static final int PAUSE_MILLIS = 10;

  final NodeProcess server;
  final int number;
  final AtomicInteger refused = new AtomicInteger();

  private final Client client;
  private final List<String> said = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private final Thread saying;
  private final Thread hearing;
  private volatile boolean hushed;

  /** It is in the room when this returns. */
  Talker(NodeProcess server, int number) throws IOException {
    this.server = server;
    this.number = number;
    this.client = Client.present(server.port());
    this.saying = Thread.ofPlatform().daemon().unstarted(this::sayAll);
    this.hearing = Thread.ofPlatform().daemon().unstarted(this::hearAll);
  }

  void start() {
    hearing.start();
    saying.start();
  }

  private void sayAll() {
    try {
      for (int i = 0; !hushed; i++) {
        String text = number + "-" + i;
        synchronized (said) {
          said.add(text);
        }
        say(text);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException | InterruptedException itsServerIsDead) {
      // What it has heard until then counts.
    }
  }

  void say(String text) throws IOException {
    client.sendLine(text);
  }

  private void hearAll() {
    try {
      for (String line; (line = client.line()) != null; ) {
        if (line.startsWith("!")) {
          refused.incrementAndGet();
        } else if (line.matches("(\\d+|end)-\\d+")) {
          synchronized (heard) {
            heard.add(line);
          }
        }
      }
    } catch (IOException itsServerIsDead) {
      // What it has heard until then counts.
    }
  }

  /** Says no more. */
  void hush() {
    hushed = true;
    try {
      saying.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  List<String> said() {
    synchronized (said) {
      return List.copyOf(said);
    }
  }

  List<String> heard() {
    synchronized (heard) {
      return List.copyOf(heard);
    }
  }

  @Override
  public void close() throws IOException {
    hushed = true;
    client.close();
  }
}
