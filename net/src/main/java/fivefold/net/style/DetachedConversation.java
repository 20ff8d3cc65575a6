package fivefold.net.style;

import fivefold.net.StreamHandler;

/**
 * A conversation for a thread that is there already, and the handler through which it gets its
 * connection; see {@link Conversation#detached}.
 *
 * @param handler for one connection
 * @param conversation usable as soon as the handler's {@code onOpen} has been called
 */
public record DetachedConversation(StreamHandler handler, Conversation conversation) {}
