package guide;

import fivefold.cluster.BrokerOptions;
import fivefold.cluster.Cluster;
import fivefold.cluster.ClusterOptions;
import fivefold.services.chat.Chat;
import fivefold.services.chat.ChatOptions;
import java.io.IOException;
import java.util.List;

/** One of several servers of a chat. Close the server, then the chat, then the cluster. */
record Joined(Cluster cluster, Chat chat) {
  static Joined open(String broker) throws IOException {
    Cluster cluster = Cluster.connect(BrokerOptions.at(List.of(broker)), ClusterOptions.DEFAULT);
    return new Joined(cluster, cluster.join(ChatOptions.DEFAULT));
  }
}
