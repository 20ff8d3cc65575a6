package fivefold.cli.chat;

import fivefold.net.client.Client;
import fivefold.net.loop.Connector;
import fivefold.net.loop.PollerFactory;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What was asked for.
 *
 * @param server as it is to be shown
 * @param client makes the client of that server on a loop
 * @param pollers by which the loop waits
 * @param password sent when the server asks for one; empty for none
 * @param greeting lines to send first of all, such as a name
 * @param explain makes one line, with what to do, of why there is no connection
 * @param mouse whether clicks and the wheel are wanted
 */
public record ChatSettings(
    String server,
    Function<Connector, Client> client,
    PollerFactory pollers,
    String password,
    List<String> greeting,
    UnaryOperator<String> explain,
    boolean mouse) {
  public ChatSettings {
    greeting = List.copyOf(greeting);
  }
}
