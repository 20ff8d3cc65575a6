package fivefold.lab.crowd;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * What any server has behind it that has been up for a while: connections that came, asked and
 * went.
 *
 * <p>Else the compiler sees a crowd come before one of it has asked. It leaves out what no thread
 * has reached yet, and a virtual thread that then reaches it falls back to the interpreter and
 * keeps the interpreter's frames while it waits: 1,044 bytes of stack for each of 1,000,000 instead
 * of some 390, and 24.6 us of CPU for an answer instead of 9.5.
 */
final class Rehearsal {
  private static final int ROUNDS = 20;
  private static final int CONNECTIONS = 500;
  private static final int MESSAGES = 10;

  private Rehearsal() {}

  /** How many messages were answered right. It ends at the first that was not. */
  static int of(InetSocketAddress server, int connectionsMost) throws IOException {
    int connections = Math.min(CONNECTIONS, connectionsMost);
    int answered = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      try (DirectClients clients = new DirectClients(server)) {
        boolean right = clients.connect(connections);
        for (int i = 0; i < MESSAGES && right; i++) {
          int count = clients.ask();
          answered += count;
          right = count == connections;
        }
        if (!right) {
          break;
        }
      }
    }
    return answered;
  }
}
