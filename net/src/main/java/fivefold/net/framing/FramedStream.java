package fivefold.net.framing;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.StreamHandler;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Passes whole frames on, and holds them back while reading is paused. */
final class FramedStream implements StreamHandler {
  private final FrameDecoder decoder;
  private final FrameHandler handler;

  private @Nullable PausableConnection peer;

  /** What had been received when reading was paused; no more than one or two receive buffers. */
  private @Nullable ByteBuffer held;

  private boolean endHeld;

  FramedStream(FrameDecoder decoder, FrameHandler handler) {
    this.decoder = decoder;
    this.handler = handler;
  }

  @Override
  public void onOpen(Connection connection) throws Exception {
    if (peer != null) {
      throw new IllegalStateException(
          "one framing handler was given to two connections; make one for each");
    }
    peer = new PausableConnection(connection, this::goOn);
    handler.onOpen(peer);
  }

  private PausableConnection peer() {
    PausableConnection known = peer;
    if (known == null) {
      throw new IllegalStateException("called before onOpen");
    }
    return known;
  }

  @Override
  public void onReceive(Connection connection, ByteBuffer data) throws Exception {
    if (held != null || !deliver(data)) {
      hold(data);
    }
  }

  /** Whether all of it was delivered; false when reading is paused before its end. */
  private boolean deliver(ByteBuffer received) throws Exception {
    PausableConnection to = peer();
    while (to.isOpen()) {
      if (to.isPaused()) {
        return false;
      }
      if (!decoder.advance(received)) {
        return true;
      }
      int next = received.position();
      int end = received.limit();
      handler.onFrame(to, decoder.frame(received));
      received.limit(end).position(next);
    }
    return true;
  }

  private void hold(ByteBuffer more) {
    if (!more.hasRemaining()) {
      return;
    }
    ByteBuffer before = held;
    int size = (before == null ? 0 : before.remaining()) + more.remaining();
    ByteBuffer all = ByteBuffer.allocate(size);
    if (before != null) {
      all.put(before);
    }
    held = all.put(more).flip();
  }

  /** After {@code resumeReading}: first what was held back, then what is still to come. */
  private void goOn() throws Exception {
    PausableConnection to = peer();
    if (to.isPaused()) {
      return;
    }
    ByteBuffer first = held;
    if (first != null && !deliver(first)) {
      return;
    }
    held = null;
    if (to.isPaused() || !to.isOpen()) {
      return;
    }
    if (endHeld) {
      endHeld = false;
      end(to);
    } else {
      to.resumeReceiving();
    }
  }

  @Override
  public void onEnd(Connection connection) throws Exception {
    PausableConnection to = peer();
    if (held != null) {
      endHeld = true;
    } else {
      end(to);
    }
  }

  private void end(PausableConnection to) throws Exception {
    ByteBuffer tail = decoder.tail();
    while (tail != null && to.isOpen()) {
      handler.onFrame(to, tail);
      tail = decoder.tail();
    }
    if (to.isOpen()) {
      handler.onEnd(to);
    }
  }

  @Override
  public void onWritable(Connection connection) throws Exception {
    handler.onWritable(peer());
  }

  @Override
  public void onClose(Connection connection, CloseReason reason) throws Exception {
    held = null;
    handler.onClose(peer(), reason);
  }
}
