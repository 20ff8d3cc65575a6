package fivefold.cluster;

import fivefold.services.chat.HistoryOptions;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Makes the streams that all servers share, where they are not there yet. */
final class StreamSetup {
  /** For so long the broker itself refuses to store an entry twice. */
  private static final Duration DOUBLES_WINDOW = Duration.ofMinutes(2);

  private static final int NAME_IN_USE = 10058;

  private static final System.Logger LOG = System.getLogger("fivefold.cluster");

  private StreamSetup() {}

  /**
   * Makes what is missing. What is there stays as the first server has made it.
   *
   * @throws IOException when the broker does not do it; the message says why
   */
  static void ensure(
      Broker broker, Subjects subjects, ClusterOptions options, HistoryOptions history)
      throws IOException {
    StreamConfiguration.Builder said =
        file(subjects.stream(), options)
            .subjects(subjects.allSaid(), subjects.allTopics())
            .maxMessagesPerSubject(history.limitMessages())
            .duplicateWindow(DOUBLES_WINDOW);
    if (history.limitAge() != null) {
      said.maxAge(history.limitAge());
    }
    ensure(broker, said.build());
    ensure(
        broker,
        file(subjects.names(), options)
            .subjects(subjects.allNames())
            .maxMessagesPerSubject(1)
            .build());
  }

  private static StreamConfiguration.Builder file(String name, ClusterOptions options) {
    return StreamConfiguration.builder()
        .name(name)
        .storageType(StorageType.File)
        .discardPolicy(DiscardPolicy.Old)
        .replicas(options.replicas());
  }

  private static void ensure(Broker broker, StreamConfiguration wanted) throws IOException {
    JetStreamManagement management = broker.management();
    try {
      var _ = management.addStream(wanted);
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() != NAME_IN_USE) {
        throw new IOException(
            "the broker at "
                + broker.place()
                + " does not make the stream "
                + wanted.getName()
                + " ("
                + e.getMessage()
                + ")",
            e);
      }
      LOG.log(
          Level.WARNING,
          "the stream "
              + wanted.getName()
              + " was made with other limits than this server's, and keeps them");
    }
  }
}
