package fivefold.services.chat;

/**
 * Counts since the chat was opened.
 *
 * @param messages that were said
 * @param deliveries a message to one member, taken by its outbox
 * @param batches in which the messages were written to the history
 * @param slowMembers members that were dropped because they did not read
 */
public record ChatStats(long messages, long deliveries, long batches, long slowMembers) {}
