package fivefold.cluster;

import fivefold.net.IoModel;
import fivefold.net.Server;
import fivefold.services.chat.Chat;
import fivefold.services.chat.ChatOptions;
import java.io.IOException;

/** A server of a cluster in this process. */
record Node(Cluster cluster, Chat chat, Server server) implements AutoCloseable {
  static Node start(BrokerOptions broker, ClusterOptions options) throws IOException {
    Cluster cluster = Cluster.connect(broker, options);
    try {
      Chat chat =
          cluster.join(ChatOptions.DEFAULT.withMessagesPerSecond(0).withConnectionsPerAddress(0));
      return new Node(cluster, chat, Server.tcp(0, chat.handlers()).model(IoModel.NIO).start());
    } catch (IOException e) {
      cluster.close();
      throw e;
    }
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
    chat.close();
    cluster.close();
  }
}
