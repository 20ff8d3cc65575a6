package fivefold.services.chat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was said. One thread writes; {@link #search} is for any thread.
 *
 * <p>Those that read throw {@link IOException} when the store cannot be read.
 */
interface History extends AutoCloseable {

  /**
   * Keeps these. On return they are there even if this process is killed.
   *
   * @throws IOException when they cannot be kept; none of them is there then
   */
  void append(List<ChatMessage> messages) throws IOException;

  /** The newest of a room, oldest first. */
  List<ChatMessage> last(String room, int count) throws IOException;

  /** Those of a room that follow a message, the first ones, oldest first. */
  List<ChatMessage> after(String room, long id, int count) throws IOException;

  /** Those of a room that precede a message, the last ones, oldest first. */
  List<ChatMessage> before(String room, long id, int count) throws IOException;

  /** Whether anything of what is said is kept. */
  boolean isKept();

  /** The newest of a room that have this text in them, in upper or lower case; oldest first. */
  List<ChatMessage> search(String room, String text, int count) throws IOException;

  /** What a room is about; null when nobody has said. */
  @Nullable String topic(String room) throws IOException;

  /** Sets it, or forgets it when empty. */
  void setTopic(String room, String topic) throws IOException;

  /** The rooms of which anything is kept. */
  Set<String> rooms() throws IOException;

  /** The greatest id there has been; 0 for none. */
  long lastId() throws IOException;

  /** Takes out what is too old; called now and then. */
  void tidy() throws IOException;

  /** Gives back what the file has grown by, while nobody speaks; may take half a second. */
  void shrink() throws IOException;

  @Override
  void close();
}
