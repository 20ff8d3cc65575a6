/**
 * Chat: rooms, names and a history, for clients that speak lines.
 *
 * <p>Start at {@link fivefold.services.chat.Chat}. Who reads the code begins at {@code
 * ChatHandler}, what a connection does, and {@code Sequencer}, the one thread that decides in which
 * order things happen.
 */
package fivefold.services.chat;
