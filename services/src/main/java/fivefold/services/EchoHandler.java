package fivefold.services;

import fivefold.net.Connection;
import fivefold.net.StreamHandler;
import java.nio.ByteBuffer;

/**
 * Sends back what arrives. One object serves all connections: it keeps nothing about any.
 *
 * <p>A peer that sends without reading the answers is not read from until it does. So its outbox
 * never fills up, and what ends the connection, if it never reads, is the outbox's age limit.
 */
final class EchoHandler implements StreamHandler {
  private final Reply reply;

  EchoHandler(Reply reply) {
    this.reply = reply;
  }

  @Override
  public void onReceive(Connection connection, ByteBuffer data) {
    reply.send(connection, data);
    if (!connection.isWritable()) {
      connection.pauseReading();
    }
  }

  @Override
  public void onWritable(Connection connection) {
    connection.resumeReading();
  }
}
