package fivefold.net;

import java.util.Optional;

/**
 * Who connected to a Unix socket: the process, and the user and group that it had then (unix(7),
 * SO_PEERCRED). The kernel vouches for them.
 *
 * <pre>{@code
 * boolean mine = PeerCredentials.of(peer).filter(who -> who.uid() == myUid).isPresent();
 * }</pre>
 *
 * @param pid 0 for a process of another pid namespace
 * @param uid as a number without sign
 * @param gid as a number without sign
 */
public record PeerCredentials(int pid, long uid, long gid) {

  /**
   * Those of a connection, also after it has closed if they were asked for before. Empty for TCP,
   * and on the models whose sockets are java.nio's ({@link UnixSockets#FILES}), which does not tell
   * these numbers.
   */
  public static Optional<PeerCredentials> of(Connection connection) {
    return Optional.ofNullable(connection.below(PeerCredentials.class));
  }
}
