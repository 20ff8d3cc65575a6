package fivefold.services.chat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps nothing but the topics, while the chat is open. */
final class NoHistory implements History {
  private final Map<String, String> topics = new HashMap<>();

  @Override
  public void append(List<ChatMessage> messages) {}

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
    return false;
  }

  @Override
  public List<ChatMessage> search(String room, String text, int count) {
    return List.of();
  }

  @Override
  public @Nullable String topic(String room) {
    return topics.get(room);
  }

  @Override
  public void setTopic(String room, String topic) {
    if (topic.isEmpty()) {
      topics.remove(room);
    } else {
      topics.put(room, topic);
    }
  }

  @Override
  public Set<String> rooms() {
    return Set.copyOf(topics.keySet());
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
