package fivefold.services.chat;

/**
 * How a kind of client is told what happens: as lines of text, or as a web page understands it.
 *
 * <p>What many hear is asked for once for all members of one form, and shared. Called by several
 * threads; the same object stands for the same form.
 */
@FunctionalInterface
public interface ChatForm {

  /** The bytes to send, whole; empty for nothing. */
  byte[] bytes(ChatEvent event);
}
