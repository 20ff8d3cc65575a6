package fivefold.net.multiplexing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fivefold.net.loop.EventLoop;
import fivefold.net.loop.WatchingStrand;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class PoolStrandsTest {
  @Test
  void runsATurnOnAWorkerThatKeepsNoProgramAlive() throws Exception {
    assumeTrue(TestPollers.oneShot().availability().isAvailable());
    PoolStrands strands = new PoolStrands(2);
    try (EventLoop loop = EventLoop.over(TestPollers.oneShot().open())) {
      WatchingStrand strand = strands.strand(loop);
      WatchingStrand another = strands.strand(loop);
      List<String> ran = new CopyOnWriteArrayList<>();
      CompletableFuture<Thread> worker = new CompletableFuture<>();

      assertThat(Thread.currentThread().isDaemon()).as("this thread is not").isFalse();
      strand.execute(() -> {
        ran.add("current " + strand.isCurrent() + ", another " + another.isCurrent());
        ran.add("own thread " + strands.isOnOwnThread());
        strand.defer(() -> ran.add("end of turn"));
        ran.add("buffer " + strand.scratch().readBuffer().isDirect());
      });
      strand.execute(() -> worker.complete(Thread.currentThread()));

      assertThat(worker.get(10, TimeUnit.SECONDS).isDaemon()).isTrue();
      assertThat(ran)
          .containsExactly(
              "current true, another false", "own thread true", "buffer true", "end of turn");
      assertThat(strand.isCurrent()).isFalse();
      assertThat(strands.isOnOwnThread()).isFalse();
      assertThat(strands.counters()).isNotEmpty();
    } finally {
      strands.close();
    }
  }
}
