package fivefold.net.loop;

import fivefold.net.FileProgress;
import fivefold.net.FileRegion;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A region on its way to one peer. It opens the file, and closes it when sent or given up. */
public final class FileSending implements Outgoing {
  /** What is read at once where the kernel cannot send from the file itself. */
  private static final int PIECE_BYTES = 32 * 1024;

  /** How a model opens a file. */
  public interface Opener {
    OpenFile open(Path path) throws IOException;
  }

  private final Path path;
  private final OpenFile file;
  private final long lengthBytes;
  private final long endBytes;
  private final FileProgress progress;
  private long positionBytes;
  private long toldBytes;
  private boolean byPieces;
  private @Nullable ByteBuffer piece;

  private FileSending(FileRegion region, OpenFile file, long lengthBytes) {
    this.path = region.path();
    this.file = file;
    this.lengthBytes = lengthBytes;
    this.positionBytes = region.offsetBytes();
    this.endBytes = positionBytes + lengthBytes;
    this.progress = region.progress();
    this.toldBytes = lengthBytes == 0 ? -1 : 0;
  }

  /**
   * Opens the file.
   *
   * @throws IOException when that fails, when it is no regular file, or shorter than the region
   */
  public static FileSending open(FileRegion region, Opener opener) throws IOException {
    Path path = region.path();
    // Asked for first: opening a pipe would wait for somebody who writes into it (fifo(7)).
    if (!Files.isRegularFile(path)) {
      if (Files.exists(path)) {
        throw new IOException(path + " is not a regular file: only such can be sent");
      }
      throw new NoSuchFileException(path.toString());
    }
    OpenFile file = opener.open(path);
    try {
      return new FileSending(region, file, length(region, file));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static long length(FileRegion region, OpenFile file) throws IOException {
    long leftBytes = file.sizeBytes() - region.offsetBytes();
    long wantedBytes = region.lengthBytes() == FileRegion.TO_END ? leftBytes : region.lengthBytes();
    if (leftBytes < 0 || wantedBytes > leftBytes) {
      throw new EOFException(
          region.path()
              + " is shorter than the region to send, which begins at "
              + region.offsetBytes()
              + (region.lengthBytes() == FileRegion.TO_END
                  ? ""
                  : " and is " + region.lengthBytes() + " bytes long"));
    }
    return wantedBytes;
  }

  public OpenFile file() {
    return file;
  }

  /** Where the next byte to send is. */
  public long positionBytes() {
    return positionBytes;
  }

  /** How many are left, at most as many as the limit. */
  public int leftBytes(int limitBytes) {
    return (int) Math.min(limitBytes, endBytes - positionBytes);
  }

  /** Whether the kernel is still to be asked to send from the file itself. */
  public boolean isByKernel() {
    return !byPieces;
  }

  /** The kernel cannot: from now on it is read and sent. */
  public void sendByPieces() {
    byPieces = true;
  }

  /** Somebody has cut the file meanwhile; what was promised cannot be sent any more. */
  public EOFException cutShort() {
    return new EOFException(
        path
            + " was cut short while it was sent: "
            + (endBytes - positionBytes)
            + " bytes missing");
  }

  @Override
  public boolean isOver() {
    return positionBytes == endBytes;
  }

  @Override
  public ByteBuffer piece() throws IOException {
    ByteBuffer known = piece;
    if (known == null) {
      known = ByteBuffer.allocateDirect(leftBytes(PIECE_BYTES)).limit(0);
      piece = known;
    }
    if (!known.hasRemaining()) {
      known.clear().limit(leftBytes(known.capacity()));
      int count;
      try {
        count = file.read(known, positionBytes);
      } finally {
        known.flip();
      }
      if (count <= 0) {
        throw cutShort();
      }
    }
    return known;
  }

  @Override
  public void sent(int bytes) {
    positionBytes += bytes;
  }

  @Override
  public void tellProgress() throws Exception {
    long sentBytes = lengthBytes - (endBytes - positionBytes);
    if (sentBytes > toldBytes) {
      toldBytes = sentBytes;
      progress.sent(sentBytes, lengthBytes);
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
