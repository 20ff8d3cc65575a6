package fivefold.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.sys.Platform;
import fivefold.sys.Processes;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnceFiguresTest {
  private static final int CALLS = 1000;

  @Test
  void systemCallsOfAProcessAreCounted() {
    assumeTrue(Platform.unavailable().isEmpty());
    try (SystemCallCounter counter =
        new SystemCallCounter(List.of((int) ProcessHandle.current().pid()))) {
      long before = counter.count();
      assumeTrue(before >= 0, "this user may not count");
      for (int i = 0; i < CALLS; i++) {
        Processes.tid();
      }
      assertThat(counter.count() - before).isGreaterThanOrEqualTo(CALLS);
    }
  }

  @Test
  void collectionsOfAJvmAreReadWithoutAskingIt() {
    int self = (int) ProcessHandle.current().pid();
    assumeTrue(Files.isReadable(JvmCounters.file(self)), "-XX:-UsePerfData, or not HotSpot");
    JvmCounters before = JvmCounters.read(self);
    System.gc();
    JvmCounters after = JvmCounters.read(self);
    assertThat(before).isNotNull();
    assertThat(after).isNotNull();
    assertThat(after.collections()).isGreaterThan(before.collections());
    assertThat(after.seconds()).isGreaterThan(before.seconds());
  }

  @Test
  void whatIsNoJvmHasNoCounters() {
    assertThat(JvmCounters.read(Integer.MAX_VALUE)).isNull();
    assertThatThrownBy(() -> JvmCounters.parse(new byte[64]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theHeapIsTheSumOfItsParts() {
    String serial =
        """
        4242:
         DefNew     total 78656K, used 2797K [0x0000000081400000, 0x0000000086950000)
          eden space 69952K,   4% used [0x0000000081400000, 0x00000000816bb6d8)
         Tenured    total 174784K, used 1203K [0x00000000d6600000, 0x00000000e10b0000)
         Metaspace       used 3456K, committed 3648K, reserved 1114112K
          class space    used 307K, committed 384K, reserved 1048576K
        """;
    assertThat(LiveHeap.parse(serial)).hasValue(4000 << 10);
    String g1 =
        """
        4242:
         garbage-first heap   total reserved 6170624K, committed 387072K, used 5120K [0x, 0x)
          region size 4096K, 1 young (4096K), 0 survivors (0K)
         Metaspace       used 3456K, committed 3648K, reserved 1114112K
        """;
    assertThat(LiveHeap.parse(g1)).hasValue(5 << 20);
    assertThat(LiveHeap.parse(" ZHeap           used 8M, capacity 130M, max capacity 1G"))
        .hasValue(8 << 20);
    assertThat(LiveHeap.parse("Unable to open socket file")).isEmpty();
  }

  @Test
  void theHeapOfThisJvmCanBeAskedFor() throws Exception {
    int self = (int) ProcessHandle.current().pid();
    assumeTrue(JvmCounters.read(self) != null);
    assumeTrue(LiveHeap.bytes(self).isPresent(), "no jcmd, or attaching is disabled");
    byte[] kept = new byte[64 << 20];
    assertThat(LiveHeap.bytes(self).orElseThrow()).isGreaterThan(kept.length);
  }
}
