package fivefold.net.framing;

import fivefold.net.ProtocolException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Frames within the frames of another decoder. */
final class ChainedFrames implements FrameDecoder {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final FrameDecoder outer;
  private final FrameDecoder inner;

  /**
   * The outer frame being looked through. A copy: the received buffer goes back to its engine while
   * the handler pauses between two inner frames.
   */
  private ByteBuffer block = NOTHING;

  private int blockEnd;
  private int nextInBlock;

  ChainedFrames(FrameDecoder outer, FrameDecoder inner) {
    this.outer = outer;
    this.inner = inner;
  }

  @Override
  public boolean advance(ByteBuffer received) throws ProtocolException {
    while (!advanceInBlock()) {
      if (!outer.advance(received)) {
        return false;
      }
      int next = received.position();
      int end = received.limit();
      open(outer.frame(received));
      received.limit(end).position(next);
    }
    return true;
  }

  private boolean advanceInBlock() throws ProtocolException {
    block.limit(blockEnd).position(nextInBlock);
    if (block.hasRemaining() && inner.advance(block)) {
      nextInBlock = block.position();
      return true;
    }
    block = NOTHING;
    blockEnd = 0;
    nextInBlock = 0;
    return false;
  }

  private void open(ByteBuffer frame) {
    blockEnd = frame.remaining();
    block = ByteBuffer.allocate(blockEnd).put(frame).flip();
    nextInBlock = 0;
  }

  @Override
  public ByteBuffer frame(ByteBuffer received) {
    return inner.frame(block);
  }

  @Override
  public @Nullable ByteBuffer tail() throws ProtocolException {
    do {
      if (advanceInBlock()) {
        return inner.frame(block);
      }
    } while (openTail());
    return inner.tail();
  }

  private boolean openTail() throws ProtocolException {
    ByteBuffer tail = outer.tail();
    if (tail != null) {
      open(tail);
    }
    return tail != null;
  }
}
