package fivefold.lab.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What lies unread in the sockets of both ends of the connections to one port of this machine: the
 * kernel's receive queues, from /proc/net/tcp, proc_pid_net(5).
 *
 * @param requests local ports of clients whose request the server has not read
 * @param replies local ports of clients that have not read their reply
 */
record SocketQueues(Set<Integer> requests, Set<Integer> replies) {
  private static final Path TABLE = Path.of("/proc/net/tcp");

  /** Of connections to this port; empty where there is no such table. */
  static SocketQueues of(int serverPort) {
    try {
      return parse(Files.readAllLines(TABLE), serverPort);
    } catch (IOException notLinux) {
      return new SocketQueues(Set.of(), Set.of());
    }
  }

  /** {@code sl local_address rem_address st tx_queue:rx_queue ...}, all in hexadecimal. */
  static SocketQueues parse(List<String> table, int serverPort) {
    Set<Integer> requests = new HashSet<>();
    Set<Integer> replies = new HashSet<>();
    for (String line : table.subList(Math.min(1, table.size()), table.size())) {
      String[] field = line.strip().split(" +", 6);
      int local = afterColon(field[1]);
      int remote = afterColon(field[2]);
      if (afterColon(field[4]) == 0) {
        continue;
      }
      if (local == serverPort && remote != 0) { // a listener's is its backlog
        requests.add(remote);
      } else if (remote == serverPort) {
        replies.add(local);
      }
    }
    return new SocketQueues(requests, replies);
  }

  private static int afterColon(String field) {
    return Integer.parseUnsignedInt(field.substring(field.indexOf(':') + 1), 16);
  }
}
