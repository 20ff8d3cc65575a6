package fivefold.net.style;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.StreamHandler;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Decides, when the connection is there, who runs its conversation. */
final class ConversationStream implements StreamHandler {
  private final ConversationHandler handler;
  private @Nullable StreamHandler run;

  ConversationStream(ConversationHandler handler) {
    this.handler = handler;
  }

  private StreamHandler run() {
    StreamHandler chosen = run;
    if (chosen == null) {
      // A virtual thread can run no other: on the model "virtual" the JDK's scheduler runs both.
      boolean inTurns = LoopScheduler.isAvailable() && !Thread.currentThread().isVirtual();
      chosen = inTurns ? new TurnConversation(handler) : new ThreadConversation(handler);
      run = chosen;
    }
    return chosen;
  }

  @Override
  public void onOpen(Connection connection) throws Exception {
    run().onOpen(connection);
  }

  @Override
  public void onReceive(Connection connection, ByteBuffer data) throws Exception {
    run().onReceive(connection, data);
  }

  @Override
  public void onEnd(Connection connection) throws Exception {
    run().onEnd(connection);
  }

  @Override
  public void onWritable(Connection connection) throws Exception {
    run().onWritable(connection);
  }

  @Override
  public void onClose(Connection connection, CloseReason reason) throws Exception {
    run().onClose(connection, reason);
  }
}
