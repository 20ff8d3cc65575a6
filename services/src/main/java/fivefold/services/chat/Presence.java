package fivefold.services.chat;

import java.util.List;

/**
 * A member as other servers know it.
 *
 * @param node its server
 * @param member its number there
 * @param name the nickname, or the address of who has none
 * @param rooms by name
 */
public record Presence(String node, long member, String name, List<String> rooms) {
  /** Copies the rooms. */
  public Presence {
    rooms = List.copyOf(rooms);
  }
}
