package fivefold.web;

import fivefold.codecs.PipelineHandler;
import fivefold.net.StreamHandler;
import fivefold.services.chat.Chat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A chat for browsers: one page, and the WebSocket it speaks. Its members and those who speak lines
 * are in the same rooms.
 *
 * <pre>{@code
 * WebChat web = WebChat.of(chat, WebOptions.DEFAULT);
 * Server.tcp(9999, web.withLines()).start();
 * }</pre>
 *
 * <p>Thread-safe; one for any number of servers.
 */
public final class WebChat {
  private final Chat chat;
  private final FutureTask<HttpPipeline> http;

  private WebChat(Chat chat, FutureTask<HttpPipeline> http) {
    this.chat = chat;
    this.http = http;
  }

  /**
   * Gets ready on a thread of its own, since nobody who speaks lines should wait for it; who asks
   * for the page before it is ready does.
   */
  public static WebChat of(Chat chat, WebOptions options) {
    FutureTask<HttpPipeline> http =
        new FutureTask<>(() -> {
          HttpPipeline ready = new HttpPipeline(chat, options);
          ready.warmUp();
          return ready;
        });
    Thread.ofPlatform().daemon().name("fivefold-web").start(http);
    return new WebChat(chat, http);
  }

  private HttpPipeline pipeline() {
    try {
      return http.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the page cannot be served", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Handlers of a port for browsers alone. */
  public Supplier<StreamHandler> handlers() {
    return () -> PipelineHandler.of(pipeline());
  }

  /**
   * Handlers of a port for browsers and for clients that speak lines, told apart by their first
   * bytes. Who says nothing for the chat's quiet time speaks lines, until it does say something.
   */
  public Supplier<StreamHandler> withLines() {
    Supplier<StreamHandler> lines = chat.handlers();
    Supplier<StreamHandler> web = handlers();
    return () -> new EitherHandler(lines, web, chat.options().quietAfter());
  }
}
