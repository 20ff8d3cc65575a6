package fivefold.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import org.junit.jupiter.api.Test;

class SharedEncoderTest {
  @Test
  void givesTheBytesAPipelineWouldSend() {
    SharedEncoder frames = new SharedEncoder(new WebSocket13FrameEncoder(false));
    for (int i = 0; i < 2; i++) {
      assertThat(frames.encode(new TextWebSocketFrame("hello")))
          .containsExactly(0x81, 5, 'h', 'e', 'l', 'l', 'o');
    }
    assertThat(frames.encode(new TextWebSocketFrame("x".repeat(5_000)))).hasSize(5_004);
  }
}
