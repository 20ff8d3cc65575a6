package fivefold.net.loop;

import fivefold.sys.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Sends what stands in a connection's outbox and is not in memory, and tells how far that has come.
 * Only on the connection's strand; made when the first such message stands at the head.
 */
final class OutgoingSender {
  /** A file that the peer takes at once lets the other connections go first after so much. */
  private static final int BYTES_PER_TURN = 1 << 20;

  /** A call of the kernel sends at most so much of a file, since it may wait for the disk. */
  private static final int FILE_BYTES_PER_CALL = 256 * 1024;

  private final SendingConnection connection;
  private int leftBytes = BYTES_PER_TURN;
  private @Nullable ArrayDeque<Outgoing> moved;

  OutgoingSender(SendingConnection connection) {
    this.connection = connection;
  }

  void beginTurn() {
    leftBytes = BYTES_PER_TURN;
  }

  /**
   * Sends what stands at the head, as long as that is not in memory.
   *
   * @return true when something that is in memory stands there now
   */
  boolean send(Outbox waiting) {
    while (!waiting.isEmpty()) {
      Outgoing outgoing = waiting.beginOutgoing();
      if (outgoing == null) {
        return true;
      }
      if (leftBytes <= 0) {
        connection.postSettle();
        return false;
      }
      try {
        if (outgoing.isOver()) {
          noteMoved(outgoing);
          waiting.endOutgoing();
          continue;
        }
        int sent = sendSome(waiting, outgoing);
        if (sent <= 0) {
          return false;
        }
        leftBytes -= sent;
      } catch (IOException e) {
        connection.sourceFailed(e);
        return false;
      }
    }
    return false;
  }

  /** Bytes that were sent; none when it has to wait, or is broken. */
  private int sendSome(Outbox waiting, Outgoing outgoing) throws IOException {
    if (outgoing instanceof FileSending file && file.isByKernel()) {
      int sent =
          connection.transmitFile(
              file.file(), file.positionBytes(), file.leftBytes(FILE_BYTES_PER_CALL));
      if (sent == 0) {
        throw file.cutShort();
      }
      // EINVAL: not every file system has it (sendfile(2)).
      if (sent != -Errno.EOPNOTSUPP && sent != -Errno.EINVAL && sent != -Errno.ENOSYS) {
        return noteSent(waiting, outgoing, sent);
      }
      file.sendByPieces();
    }
    ByteBuffer piece = outgoing.piece();
    int sent = noteSent(waiting, outgoing, connection.transmit(piece));
    if (piece.hasRemaining() && !connection.isAborting()) {
      connection.nowFull();
      return 0;
    }
    return sent;
  }

  private int noteSent(Outbox waiting, Outgoing outgoing, int sent) {
    if (sent > 0) {
      connection.countSent(sent);
      outgoing.sent(sent);
      waiting.outgoingMoved(connection.strand().nowNanos());
      noteMoved(outgoing);
    } else if (sent == -Errno.EAGAIN) {
      connection.nowFull();
    } else if (sent < 0) {
      connection.broken(sent);
    }
    return sent;
  }

  /** So many bytes were sent of a piece that was in flight. */
  void pieceSent(Outbox waiting, Outgoing outgoing, int bytes) {
    try {
      ByteBuffer piece = outgoing.piece();
      piece.position(piece.position() + bytes);
      outgoing.sent(bytes);
      waiting.outgoingMoved(connection.strand().nowNanos());
      noteMoved(outgoing);
    } catch (IOException e) {
      connection.sourceFailed(e);
    }
  }

  private void noteMoved(Outgoing outgoing) {
    ArrayDeque<Outgoing> known = moved;
    if (known == null) {
      known = new ArrayDeque<>(2);
      moved = known;
    }
    if (!outgoing.equals(known.peekLast())) {
      known.addLast(outgoing);
    }
  }

  /**
   * Tells those that have moved; in a turn.
   *
   * @return false when there is none
   */
  boolean tellProgress() {
    ArrayDeque<Outgoing> toTell = moved;
    if (toTell == null) {
      return false;
    }
    // Who is told may send, and that may move too.
    moved = null;
    toTell.forEach(each -> connection.guarded(each::tellProgress));
    return true;
  }
}
