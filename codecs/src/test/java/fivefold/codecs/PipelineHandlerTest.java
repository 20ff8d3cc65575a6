package fivefold.codecs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fivefold.net.CloseReason;
import fivefold.net.Connection;
import fivefold.net.IoModel;
import fivefold.net.OutboxLimits;
import fivefold.net.Server;
import fivefold.net.ServerListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Netty's codecs and handlers do on every model what they do on Netty's own transports. */
@Timeout(60)
class PipelineHandlerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int PATIENCE_MILLIS = 20_000;

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void servesHttpByNettysCodec(IoModel model) throws Exception {
    String body = "0123456789".repeat(20_000);
    try (Server server = start(model, PipelineHandlerTest::http);
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (int i = 0; i < 3; i++) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/" + i))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body + i))
                .build();
        assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo(body + i);
      }
      assertThat(server.stats().accepted()).as("one connection, kept alive").isEqualTo(1);
    }
  }

  /** A codec keeps what is not whole yet; our buffers meanwhile serve other connections. */
  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void whatACodecKeepsStaysWhatItWas(IoModel model) throws Exception {
    int clients = 5;
    try (Server server = start(model, PipelineHandlerTest::http)) {
      List<Socket> sockets = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        sockets.add(connect(server));
      }
      int parts = 12;
      for (int part = 0; part < parts; part++) {
        for (int i = 0; i < clients; i++) {
          byte[] request = request("body of client " + i);
          int from = request.length * part / parts;
          int to = request.length * (part + 1) / parts;
          sockets.get(i).getOutputStream().write(request, from, to - from);
        }
      }
      for (int i = 0; i < clients; i++) {
        try (Socket socket = sockets.get(i)) {
          socket.shutdownOutput();
          assertThat(rest(socket)).startsWith("HTTP/1.1 200").endsWith("body of client " + i);
        }
      }
    }
  }

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void nettysTimersRun(IoModel model) throws Exception {
    Consumer<ChannelPipeline> timeout =
        pipeline ->
            pipeline
                .addLast(new ReadTimeoutHandler(50, TimeUnit.MILLISECONDS))
                .addLast(
                    new ChannelInboundHandlerAdapter() {
                      @Override
                      public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                        var _ =
                            context
                                .writeAndFlush(Unpooled.copiedBuffer("too late", UTF_8))
                                .addListener(ChannelFutureListener.CLOSE);
                      }
                    });
    try (Server server = start(model, timeout);
        Socket socket = connect(server)) {
      assertThat(rest(socket)).isEqualTo("too late");
    }
  }

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void otherThreadsMayUseTheChannel(IoModel model) throws Exception {
    try (ExecutorService others = Executors.newFixedThreadPool(2)) {
      Consumer<ChannelPipeline> offloading =
          pipeline ->
              pipeline.addLast(
                  new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object message) {
                      others.execute(() -> {
                        var _ = context.writeAndFlush(message);
                      });
                    }
                  });
      try (Server server = start(model, offloading);
          Socket socket = connect(server)) {
        for (int i = 0; i < 20; i++) {
          socket.getOutputStream().write(("ping " + i).getBytes(UTF_8));
          byte[] back = socket.getInputStream().readNBytes(("ping " + i).length());
          assertThat(new String(back, UTF_8)).isEqualTo("ping " + i);
        }
      }
    }
  }

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void whatNoHandlerTakesClosesTheConnectionAndIsReported(IoModel model) throws Exception {
    List<CloseReason> reasons = new CopyOnWriteArrayList<>();
    ServerListener listener =
        new ServerListener() {
          @Override
          public void closed(Connection connection, CloseReason reason) {
            reasons.add(reason);
          }
        };
    Consumer<ChannelPipeline> failing =
        pipeline ->
            pipeline.addLast(
                new ChannelInboundHandlerAdapter() {
                  @Override
                  public void channelRead(ChannelHandlerContext context, Object message) {
                    throw new IllegalStateException("planted");
                  }
                });
    try (Server server =
            Server.tcp(0, () -> PipelineHandler.of(failing))
                .model(model)
                .listener(listener)
                .start();
        Socket socket = connect(server)) {
      socket.getOutputStream().write('x');
      await().atMost(PATIENCE).until(() -> !reasons.isEmpty());
      assertThat(reasons.getFirst().kind()).isEqualTo(CloseReason.Kind.HANDLER_ERROR);
      assertThat(reasons.getFirst().error()).hasMessage("planted");
    }
  }

  /** A handler that heeds writability never meets the outbox's limit, however slow its peer. */
  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void writabilityFollowsTheOutbox(IoModel model) throws Exception {
    int total = 8 << 20;
    try (Server server =
            Server.tcp(0, () -> PipelineHandler.of(pipeline -> pipeline.addLast(new Stream(total))))
                .model(model)
                .outbox(OutboxLimits.DEFAULT.withBytes(256 << 10))
                .start();
        Socket socket = connect(server)) {
      await().pollDelay(Duration.ofMillis(50)).atMost(PATIENCE).until(() -> true);
      assertThat(socket.getInputStream().readAllBytes()).hasSize(total);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void withoutAutoReadNothingComesUntilItIsAskedFor(IoModel model) throws Exception {
    AtomicReference<ChannelHandlerContext> opened = new AtomicReference<>();
    List<String> received = new CopyOnWriteArrayList<>();
    Consumer<ChannelPipeline> asking =
        pipeline -> {
          pipeline.channel().config().setAutoRead(false);
          pipeline.addLast(
              new ChannelInboundHandlerAdapter() {
                @Override
                public void channelActive(ChannelHandlerContext context) {
                  opened.set(context);
                }

                @Override
                public void channelRead(ChannelHandlerContext context, Object message) {
                  ByteBuf bytes = (ByteBuf) message;
                  received.add(bytes.toString(UTF_8));
                  bytes.release();
                }
              });
        };
    try (Server server = start(model, asking);
        Socket socket = connect(server)) {
      await().atMost(PATIENCE).until(() -> opened.get() != null);
      socket.getOutputStream().write("one".getBytes(UTF_8));
      await().during(Duration.ofMillis(50)).atMost(PATIENCE).until(received::isEmpty);
      opened.get().read();
      await().atMost(PATIENCE).until(() -> String.join("", received).equals("one"));
      socket.getOutputStream().write("two".getBytes(UTF_8));
      await().during(Duration.ofMillis(50)).atMost(PATIENCE).until(() -> received.size() == 1);
      opened.get().channel().config().setAutoRead(true);
      await().atMost(PATIENCE).until(() -> String.join("", received).equals("onetwo"));
    }
  }

  @ParameterizedTest
  @ArgumentsSource(AvailableModels.class)
  void theEndIsAnEventForWhoWantsToAnswerIt(IoModel model) throws Exception {
    Consumer<ChannelPipeline> halfClosing =
        pipeline -> {
          pipeline.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
          pipeline.addLast(
              new ChannelInboundHandlerAdapter() {
                @Override
                public void userEventTriggered(ChannelHandlerContext context, Object event) {
                  if (event == ChannelInputShutdownEvent.INSTANCE) {
                    var _ =
                        context
                            .writeAndFlush(Unpooled.copiedBuffer("the end", UTF_8))
                            .addListener(ChannelFutureListener.CLOSE);
                  }
                }
              });
        };
    try (Server server = start(model, halfClosing);
        Socket socket = connect(server)) {
      socket.shutdownOutput();
      assertThat(rest(socket)).isEqualTo("the end");
    }
  }

  private static void http(ChannelPipeline pipeline) {
    pipeline
        .addLast(new HttpServerCodec())
        .addLast(new HttpObjectAggregator(1 << 20))
        .addLast(new HttpEcho());
  }

  private static Server start(IoModel model, Consumer<ChannelPipeline> initial) throws Exception {
    return Server.tcp(0, () -> PipelineHandler.of(initial)).model(model).start();
  }

  private static Socket connect(Server server) throws Exception {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    return socket;
  }

  private static byte[] request(String body) {
    return ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
        .getBytes(UTF_8);
  }

  private static String rest(Socket socket) throws Exception {
    InputStream in = socket.getInputStream();
    return new String(in.readAllBytes(), UTF_8);
  }
}
