package fivefold.net.loop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file as java.nio opens it. */
public final class ChannelFile implements OpenFile {
  private final FileChannel channel;

  private ChannelFile(FileChannel channel) {
    this.channel = channel;
  }

  public static ChannelFile open(Path path) throws IOException {
    return new ChannelFile(FileChannel.open(path, StandardOpenOption.READ));
  }

  @Override
  public int read(ByteBuffer into, long position) throws IOException {
    return channel.read(into, position);
  }

  /**
   * Hands over without a stop in this process where the platform can.
   *
   * @return bytes taken; 0 when the channel takes none now, or the file ends before
   */
  public int transferTo(WritableByteChannel to, long position, int bytes) throws IOException {
    return (int) channel.transferTo(position, bytes, to);
  }

  @Override
  public long sizeBytes() throws IOException {
    return channel.size();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The descriptor is gone all the same (close(2)).
    }
  }
}
