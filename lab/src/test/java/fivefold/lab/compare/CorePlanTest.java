package fivefold.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class CorePlanTest {
  private static BitSet noSiblings(int cpu) {
    return new BitSet();
  }

  /** 0 and 2 share a core, so do 1 and 3. */
  private static BitSet hyperthreads(int cpu) {
    return set(cpu % 2, cpu % 2 + 2);
  }

  private static BitSet set(int... cpus) {
    BitSet set = new BitSet();
    for (int cpu : cpus) {
      set.set(cpu);
    }
    return set;
  }

  @Test
  void oneProcessorCannotBeDivided() {
    assertThat(CorePlan.of(set(3), 1, CorePlanTest::noSiblings)).isEmpty();
  }

  @Test
  void ofTwoOneServesAndOneLoads() {
    assertThat(CorePlan.of(set(0, 1), 1, CorePlanTest::noSiblings))
        .contains(new CorePlan(set(0), set(1), set(1)));
  }

  @Test
  void theLoadSharesNoCoreWithTheServer() {
    assertThat(CorePlan.of(set(0, 1, 2, 3), 1, CorePlanTest::hyperthreads))
        .contains(new CorePlan(set(0), set(1), set(1, 2, 3)));
    assertThat(CorePlan.of(set(0, 2, 3), 1, CorePlanTest::hyperthreads))
        .contains(new CorePlan(set(0), set(3), set(2, 3)));
  }

  @Test
  void moreLoopsServeOnMoreCoresButOneIsLeft() {
    assertThat(CorePlan.of(set(0, 1, 2, 3), 2, CorePlanTest::noSiblings))
        .contains(new CorePlan(set(0, 1), set(2), set(2, 3)));
    assertThat(CorePlan.of(set(0, 1), 8, CorePlanTest::noSiblings))
        .contains(new CorePlan(set(0), set(1), set(1)));
  }

  @Test
  void onlyAllowedProcessorsAreTaken() {
    assertThat(CorePlan.of(set(5, 7), 1, CorePlanTest::noSiblings))
        .contains(new CorePlan(set(5), set(7), set(7)));
  }

  @Test
  void listsAreWrittenAsTheKernelDoes() {
    assertThat(CorePlan.describe(set(0))).isEqualTo("0");
    assertThat(CorePlan.describe(set(0, 1, 2, 8))).isEqualTo("0-2,8");
    assertThat(CorePlan.parse("0-2,8\n")).isEqualTo(set(0, 1, 2, 8));
    assertThat(CorePlan.parse("")).isEqualTo(set());
    assertThat(CorePlan.parse("no")).isEqualTo(set());
  }
}
