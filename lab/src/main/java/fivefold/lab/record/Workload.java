package fivefold.lab.record;

/**
 * What each server is given to do.
 *
 * @param service such as {@code echo}
 * @param connections open at once
 * @param messageBytes of one request, and of its reply
 * @param pipeline requests in flight on each connection
 */
public record Workload(String service, int connections, int messageBytes, int pipeline) {

  /** The same with another number of connections. */
  public Workload withConnections(int other) {
    return new Workload(service, other, messageBytes, pipeline);
  }

  @Override
  public String toString() {
    return service
        + ", "
        + connections
        + (connections == 1 ? " connection x " : " connections x ")
        + messageBytes
        + " bytes, "
        + pipeline
        + " in flight on each";
  }
}
