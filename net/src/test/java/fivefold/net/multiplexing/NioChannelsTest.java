package fivefold.net.multiplexing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NioChannelsTest {
  @Test
  void givesTheLowestFreeNumberAndGrows() throws IOException {
    int count = 200; // beyond its first size twice
    NioChannels channels = new NioChannels();
    List<DatagramChannel> opened = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        opened.add(DatagramChannel.open());
        assertThat(channels.add(opened.getLast())).isEqualTo(i);
      }
      for (int i = 0; i < count; i++) {
        assertThat(channels.get(i)).isSameAs(opened.get(i));
      }
      assertThat(channels.remove(70)).isSameAs(opened.get(70));
      assertThat(channels.remove(7)).isSameAs(opened.get(7));
      assertThat(channels.add(opened.get(70))).isEqualTo(7);
      assertThat(channels.add(opened.get(7))).isEqualTo(70);
      assertThat(channels.add(opened.get(0))).isEqualTo(count);
    } finally {
      for (DatagramChannel each : opened) {
        each.close();
      }
    }
  }

  @Test
  void saysThatAHandleIsClosed() throws IOException {
    NioChannels channels = new NioChannels();
    try (DatagramChannel channel = DatagramChannel.open()) {
      int handle = channels.add(channel);
      channels.remove(handle);

      assertThatThrownBy(() -> channels.get(handle))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("handle " + handle + " is closed");
      assertThat(channels.remove(handle)).isNull();
    }
  }
}
