package fivefold.net.loop;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file open for reading by position. */
public interface OpenFile {

  /** As of now. */
  long sizeBytes() throws IOException;

  /**
   * Reads into the buffer, whose position moves.
   *
   * @return bytes read; not positive at or behind the end
   */
  int read(ByteBuffer into, long position) throws IOException;

  /** Closes once; any further time does nothing. */
  void close();
}
