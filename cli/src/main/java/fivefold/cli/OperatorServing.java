package fivefold.cli;

import fivefold.cli.console.Talk;
import fivefold.net.StreamHandler;
import fivefold.services.operator.Desk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An operator's desk that is being served: on the console, or on standard input and output. */
record OperatorServing(Desk desk) implements Serving, Talk {

  static Serving open() {
    return new OperatorServing(new Desk(System.out::println));
  }

  @Override
  public Supplier<? extends StreamHandler> handlers() {
    return desk.handlers();
  }

  @Override
  public Optional<Talk> talk() {
    return Optional.of(this);
  }

  @Override
  public void showOn(Consumer<String> display) {
    desk.showOn(display);
  }

  @Override
  public String typed(String line) {
    return desk.answer(line);
  }

  /** Each line of standard input is an answer; when it ends, clients are still listened to. */
  @Override
  public void withoutConsole() {
    Thread.ofPlatform()
        .daemon()
        .name("stdin")
        .start(() -> {
          BufferedReader in =
              new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
          try {
            for (String line; (line = in.readLine()) != null; ) {
              System.out.println("* " + desk.answer(line));
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
