package fivefold.net.framing;

import fivefold.net.ProtocolException;
import java.nio.ByteBuffer;

/** How a frame's length is said before it. Read byte by byte: it too may arrive in pieces. */
interface LengthField {

  /**
   * Takes bytes of the field.
   *
   * @return whether it is complete
   */
  boolean read(ByteBuffer received) throws ProtocolException;

  /**
   * The length of the frame, as an unsigned number; the next {@link #read} begins another field.
   *
   * @throws ProtocolException when the field can be no length
   */
  long takeLength() throws ProtocolException;

  /** How many bytes follow the frame that are not part of it. */
  default int trailerBytes() {
    return 0;
  }

  /** Looks at the bytes after the frame, from the buffer's position on. */
  default void checkTrailer(ByteBuffer at) throws ProtocolException {}
}
