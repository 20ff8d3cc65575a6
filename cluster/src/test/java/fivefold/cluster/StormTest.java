package fivefold.cluster;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three servers under load, the broker killed twice, a server killed: every accepted message
 * reaches every member once, in one order. Some seconds here; {@code testkit/cluster/run} does it
 * for minutes.
 */
@Timeout(900)
class StormTest {
  @TempDir Path folder;

  @Test
  void everyAcceptedMessageReachesEveryMemberOnceInOneOrder() throws Exception {
    try (Storm storm = new Storm(folder, Long.getLong("cluster.stormSeed", 1))) {
      storm.run(Integer.getInteger("cluster.stormSeconds", 5));
    }
  }
}
