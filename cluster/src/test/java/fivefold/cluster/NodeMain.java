package fivefold.cluster;

import java.time.Duration;

/** A server of a cluster in a process of its own; prints its port. Arguments: URL LEASE_MILLIS. */
final class NodeMain {
  private NodeMain() {}

  public static void main(String[] arguments) throws Exception {
    try (Node node =
        Node.start(
            BrokerOptions.at(java.util.List.of(arguments[0])),
            ClusterOptions.DEFAULT.withLease(Duration.ofMillis(Long.parseLong(arguments[1]))))) {
      System.out.println(node.port());
      // Ends with its parent: then there is nothing more to be read.
      while (System.in.read() >= 0) {
        Thread.onSpinWait();
      }
    }
  }
}
