package fivefold.net.blocking;

import fivefold.net.Stage;
import fivefold.net.StageRecorder;
import fivefold.net.StageSpan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Reads and writes a channel, and has it recorded when somebody listens. */
final class StageChannel {
  private final SocketChannel channel;
  private final @Nullable StageRecorder recorder;

  StageChannel(SocketChannel channel, @Nullable StageRecorder recorder) {
    this.channel = channel;
    this.recorder = recorder;
  }

  int read(ByteBuffer buffer) throws IOException {
    if (recorder == null) {
      return channel.read(buffer);
    }
    StageSpan span = recorder.begin(Stage.READ);
    int from = buffer.position();
    try {
      return channel.read(buffer);
    } finally {
      span.end(buffer.position() - from);
    }
  }

  int write(ByteBuffer bytes) throws IOException {
    if (recorder == null) {
      return channel.write(bytes);
    }
    StageSpan span = recorder.begin(Stage.WRITE);
    int from = bytes.position();
    try {
      return channel.write(bytes);
    } finally {
      span.end(bytes.position() - from);
    }
  }
}
