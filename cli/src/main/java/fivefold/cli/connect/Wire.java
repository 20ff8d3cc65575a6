package fivefold.cli.connect;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One peer, to talk to in text. One thread sends, another receives. */
public interface Wire {

  void sendLine(String line) throws IOException;

  /** Waits for what comes next; null at the end. */
  @Nullable String receive() throws IOException;

  /** Nothing more will be sent. */
  void endOutput() throws IOException;
}
