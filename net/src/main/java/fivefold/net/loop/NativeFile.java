package fivefold.net.loop;

import fivefold.sys.Descriptors;
import fivefold.sys.Errno;
import fivefold.sys.Memory;
import fivefold.sys.NativeException;
import fivefold.sys.Platform;
import fivefold.sys.RegularFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** A file by its descriptor, which {@link RegularFiles#send} can send. */
public final class NativeFile implements OpenFile {
  private final int descriptor;
  private final AtomicBoolean closed = new AtomicBoolean();

  private NativeFile(int descriptor) {
    this.descriptor = descriptor;
  }

  /** By its descriptor where that is known: of a file on a disk, and on Linux. */
  public static OpenFile open(Path path) throws IOException {
    if (!Platform.isLinux() || !path.getFileSystem().equals(FileSystems.getDefault())) {
      return ChannelFile.open(path);
    }
    int descriptor = RegularFiles.openForReading(path.toString());
    if (descriptor < 0) {
      throw NativeException.of("open " + path, descriptor);
    }
    return new NativeFile(descriptor);
  }

  /** As {@link RegularFiles#send}; {@code -EOPNOTSUPP} for a file without a descriptor. */
  public static int send(int socket, OpenFile file, long position, int bytes) {
    return file instanceof NativeFile known
        ? RegularFiles.send(socket, known.descriptor, position, bytes)
        : -Errno.EOPNOTSUPP;
  }

  @Override
  public long sizeBytes() throws IOException {
    long size = RegularFiles.size(descriptor);
    if (size < 0) {
      throw NativeException.of("statx", (int) size);
    }
    return size;
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    int count =
        RegularFiles.read(
            descriptor, Memory.address(into) + into.position(), into.remaining(), position);
    if (count < 0) {
      throw NativeException.of("pread", count);
    }
    into.position(into.position() + count);
    return count;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      Descriptors.close(descriptor);
    }
  }
}
