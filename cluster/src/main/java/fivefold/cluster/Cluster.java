package fivefold.cluster;

import fivefold.services.chat.Chat;
import fivefold.services.chat.ChatOptions;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * This server's part in a chat on several servers, through NATS JetStream.
 *
 * <pre>{@code
 * BrokerOptions broker = BrokerOptions.at(List.of("nats://127.0.0.1:4222"));
 * try (Cluster cluster = Cluster.connect(broker, ClusterOptions.DEFAULT);
 *     Chat chat = cluster.join(ChatOptions.DEFAULT);
 *     Server server = Server.tcp(9999, chat.handlers()).start()) {
 *   server.awaitClose();
 * }
 * }</pre>
 *
 * <p>Everybody in a room gets its messages in the order of one stream, on whatever server. Close
 * the server first, then the chat, then this. Thread-safe.
 */
public final class Cluster implements AutoCloseable {
  private static final int NODE_BYTES = 8;

  private final Broker broker;
  private final ClusterOptions options;
  private final Subjects subjects;
  private final String node;

  private Cluster(Broker broker, ClusterOptions options, String node) {
    this.broker = broker;
    this.options = options;
    this.subjects = new Subjects(options.name());
    this.node = node;
  }

  /**
   * Connects to the broker.
   *
   * @throws IOException when that cannot be; the message says what to do
   */
  public static Cluster connect(BrokerOptions broker, ClusterOptions options) throws IOException {
    byte[] random = new byte[NODE_BYTES];
    new SecureRandom().nextBytes(random);
    String node = HexFormat.of().formatHex(random);
    return new Cluster(new Broker(broker, node), options, node);
  }

  /**
   * Opens a chat that is one with those of the other servers, when it has read what was said
   * before. Once for each cluster.
   *
   * @param chat its history is in memory, a copy of what the stream keeps; its limits are the
   *     stream's if this is the first server
   * @throws IOException when the broker does not do its part; the message says what is wrong
   */
  public Chat join(ChatOptions chat) throws IOException {
    StreamSetup.ensure(broker, subjects, options, chat.history());
    return Chat.join(
        chat,
        new StreamOrder(broker, subjects, node, options.limitQueuedBytes()),
        new NatsNeighbours(broker, subjects, node, options.lease()));
  }

  /** Where the broker is, without secrets. */
  public String place() {
    return broker.place();
  }

  /** What this server is called among the others; another name at each start. */
  public String node() {
    return node;
  }

  @Override
  public void close() {
    broker.close();
  }
}
