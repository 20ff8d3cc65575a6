package fivefold.services.chat;

/**
 * What somebody has said in a room.
 *
 * @param id grows from message to message, over restarts too
 * @param atMillis since 1970
 * @param room where
 * @param from a nickname, or the address of who has none
 * @param text one line, clean
 */
public record ChatMessage(long id, long atMillis, String room, String from, String text) {}
