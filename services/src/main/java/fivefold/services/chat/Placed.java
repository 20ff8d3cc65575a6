package fivefold.services.chat;

import org.jspecify.annotations.Nullable;

/**
 * What was said, with its place: its id is greater than that of all before it.
 *
 * @param isTopic whether it says what the room is about, and is no message
 * @param draft what it was made of; null when that was on another server
 */
public record Placed(ChatMessage message, boolean isTopic, @Nullable Draft draft) {}
