package fivefold.services.chat;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** A disk that is full for a while. */
final class FailingHistory implements History {
  volatile boolean isFull;

  @Override
  public void append(List<ChatMessage> messages) throws IOException {
    if (isFull) {
      throw new IOException("no space left on device");
    }
  }

  @Override
  public List<ChatMessage> last(String room, int count) {
    return List.of();
  }

  @Override
  public List<ChatMessage> after(String room, long id, int count) {
    return List.of();
  }

  @Override
  public List<ChatMessage> before(String room, long id, int count) {
    return List.of();
  }

  @Override
  public boolean isKept() {
    return true;
  }

  @Override
  public List<ChatMessage> search(String room, String text, int count) {
    return List.of();
  }

  @Override
  public String topic(String room) {
    return null;
  }

  @Override
  public void setTopic(String room, String topic) {}

  @Override
  public Set<String> rooms() {
    return Set.of();
  }

  @Override
  public long lastId() {
    return 0;
  }

  @Override
  public void tidy() {}

  @Override
  public void shrink() {}

  @Override
  public void close() {}
}
