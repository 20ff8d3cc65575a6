package fivefold.net.loop;

import fivefold.net.PeerCredentials;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a connection's socket was asked: each question once at most, and only while the socket is
 * there. From any thread; guarded by the connection, which takes the same lock before it lets the
 * socket go.
 */
final class SocketAnswers {
  /** A loop that does not come round for so long has no answer. */
  private static final int ASK_SECONDS = 2;

  private final SocketConnection connection;
  private @Nullable SocketAddress local;
  private @Nullable PeerCredentials credentials;

  SocketAnswers(SocketConnection connection) {
    this.connection = connection;
  }

  SocketAddress localAddress() {
    letStrandAsk(this::localAddressNow);
    return localAddressNow();
  }

  @Nullable PeerCredentials peerCredentials() {
    if (isUnix()) {
      letStrandAsk(this::peerCredentialsNow);
    }
    return peerCredentialsNow();
  }

  /** Before the lock is taken, which the strand must not wait for while it is waited for. */
  private void letStrandAsk(Runnable question) {
    if (mayAskHere() || connection.isSocketGone()) {
      return;
    }
    CompletableFuture<Void> asked = new CompletableFuture<>();
    connection
        .strand()
        .execute(() -> {
          question.run();
          asked.complete(null);
        });
    asked.completeOnTimeout(null, ASK_SECONDS, TimeUnit.SECONDS).join();
  }

  private boolean mayAskHere() {
    return !connection.isStrandToAsk() || connection.strand().isCurrent();
  }

  private SocketAddress localAddressNow() {
    synchronized (connection) {
      SocketAddress known = local;
      if (known == null) {
        // A Unix socket has one address, the one it was given.
        known =
            connection.isSocketGone() || isUnix() || !mayAskHere()
                ? connection.serving().options().address()
                : connection.askLocalAddress();
        local = known;
      }
      return known;
    }
  }

  private @Nullable PeerCredentials peerCredentialsNow() {
    synchronized (connection) {
      if (credentials == null && isUnix() && !connection.isSocketGone() && mayAskHere()) {
        credentials = connection.askPeerCredentials();
      }
      return credentials;
    }
  }

  private boolean isUnix() {
    return connection.serving().options().address() instanceof UnixDomainSocketAddress;
  }
}
