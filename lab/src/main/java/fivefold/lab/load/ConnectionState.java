package fivefold.lab.load;

/** What the load generator knows of one of its connections. */
public enum ConnectionState {
  /** The connect is under way. */
  CONNECTING,
  /** A request is with the server, or on its way there or back. */
  WAITING,
  /** The kernel has no room for the rest of a request. */
  SENDING,
  /** Nothing is asked of it. */
  IDLE,
  /** It has said that it sends no more. */
  LEAVING,
  /** It has ended, or failed. */
  CLOSED;

  static ConnectionState of(LoadConnection connection) {
    if (!connection.open) {
      return CLOSED;
    }
    if (!connection.connected) {
      return CONNECTING;
    }
    if (connection.leaving) {
      return LEAVING;
    }
    if (connection.sent < connection.allowed) {
      return SENDING;
    }
    return connection.inFlight > 0 ? WAITING : IDLE;
  }
}
