package fivefold.net;

import java.nio.ByteBuffer;

/** A handler whose calls are observed. */
record ObservedHandler(StreamHandler handler, CallObserver observer) implements StreamHandler {

  @Override
  public void onOpen(Connection connection) throws Exception {
    observer.begins(HandlerCall.OPEN);
    try {
      handler.onOpen(connection);
    } finally {
      observer.ended(HandlerCall.OPEN, connection);
    }
  }

  @Override
  public void onReceive(Connection connection, ByteBuffer data) throws Exception {
    observer.begins(HandlerCall.RECEIVE);
    try {
      handler.onReceive(connection, data);
    } finally {
      observer.ended(HandlerCall.RECEIVE, connection);
    }
  }

  @Override
  public void onEnd(Connection connection) throws Exception {
    observer.begins(HandlerCall.END);
    try {
      handler.onEnd(connection);
    } finally {
      observer.ended(HandlerCall.END, connection);
    }
  }

  @Override
  public void onWritable(Connection connection) throws Exception {
    observer.begins(HandlerCall.WRITABLE);
    try {
      handler.onWritable(connection);
    } finally {
      observer.ended(HandlerCall.WRITABLE, connection);
    }
  }

  @Override
  public void onClosing(Connection connection, CloseReason reason) throws Exception {
    observer.begins(HandlerCall.CLOSING);
    try {
      handler.onClosing(connection, reason);
    } finally {
      observer.ended(HandlerCall.CLOSING, connection);
    }
  }

  @Override
  public void onClose(Connection connection, CloseReason reason) throws Exception {
    observer.begins(HandlerCall.CLOSE);
    try {
      handler.onClose(connection, reason);
    } finally {
      observer.ended(HandlerCall.CLOSE, connection);
    }
  }
}
