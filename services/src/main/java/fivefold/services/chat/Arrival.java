package fivefold.services.chat;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a client that comes, or comes back, wants to be in.
 *
 * @param nick what it wants to be called; null for its address
 * @param key known to this client alone: whoever is in with the same key is this client's own lost
 *     connection, which is closed and leaves its name; null for none
 * @param rooms where it wants to be, the last one to speak in, with the last message it has seen
 *     there; 0 for none
 */
public record Arrival(@Nullable String nick, @Nullable String key, Map<String, Long> rooms) {}
