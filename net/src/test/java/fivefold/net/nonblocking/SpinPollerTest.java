package fivefold.net.nonblocking;

import static org.assertj.core.api.Assertions.assertThat;

import fivefold.net.loop.Interest;
import fivefold.net.loop.ReadyList;
import fivefold.net.loop.Registration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
final class SpinPollerTest {
  private final ReadyList ready = new ReadyList();

  @Test
  void takesEveryDescriptorForReadyForWhatIsWantedOfIt() {
    try (SpinPoller poller = new SpinPoller()) {
      Registration reads = poller.register(3, Interest.READ, "reads");
      Registration writes = poller.register(300, Interest.WRITE, "writes");
      Registration idle = poller.register(5, Interest.NONE, "idle");

      assertThat(poller.poll(-1, ready)).isEqualTo(2);
      assertThat(ready.registration(0)).isSameAs(reads);
      assertThat(ready.events(0)).isEqualTo(Interest.READ);
      assertThat(ready.registration(1)).isSameAs(writes);
      assertThat(ready.events(1)).isEqualTo(Interest.WRITE);

      poller.modify(idle, Interest.READ | Interest.WRITE);
      assertThat(poller.poll(-1, ready)).isEqualTo(3);
      assertThat(ready.events(2)).isEqualTo(Interest.READ | Interest.WRITE);
    }
  }

  @Test
  void keepsItsListDenseWhenOneLeaves() {
    try (SpinPoller poller = new SpinPoller()) {
      Registration first = poller.register(1, Interest.READ, "first");
      Registration middle = poller.register(2, Interest.READ, "middle");
      Registration last = poller.register(3, Interest.READ, "last");

      poller.unregister(first);
      assertThat(poller.poll(0, ready)).isEqualTo(2);
      poller.unregister(last);
      assertThat(poller.poll(0, ready)).isEqualTo(1);
      assertThat(ready.registration(0)).isSameAs(middle);
      poller.unregister(middle);
      assertThat(poller.poll(0, ready)).isZero();
      assertThat(poller.registered()).isEmpty();
      assertThat(first.isLive()).isFalse();
      assertThat(poller.find(1)).isNull();
    }
  }

  /** It never sleeps: neither for a time nor for ever. */
  @Test
  void neverWaits() {
    try (SpinPoller poller = new SpinPoller()) {
      poller.wakeup();
      assertThat(poller.poll(-1, ready)).isZero();
      assertThat(poller.poll(Long.MAX_VALUE, ready)).isZero();
    }
  }
}
