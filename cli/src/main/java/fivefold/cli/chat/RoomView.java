package fivefold.cli.chat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A room as this client knows it. */
final class RoomView {
  /** The server names a hundred; more can come one by one. */
  private static final int LIMIT_NAMES = 1_000;

  final String name;
  final Scrollback scrollback = new Scrollback();
  final Set<String> names = new LinkedHashSet<>();
  String topic = "";
  int unread;

  /** The day of the last message. */
  String date = "";

  RoomView(String name) {
    this.name = name;
  }

  void setNames(List<String> here) {
    names.clear();
    here.forEach(this::addName);
  }

  private void addName(String newcomer) {
    if (names.size() < LIMIT_NAMES) {
      names.add(newcomer);
    }
  }

  private void rename(String before, String now) {
    if (names.remove(before)) {
      names.add(now);
    }
  }

  /** Follows who is here, and the topic. */
  void follow(News news) {
    switch (news) {
      case News.Arrived arrived -> arrived.names().forEach(this::addName);
      case News.Gone gone -> names.removeAll(gone.names());
      case News.Renamed renamed -> rename(renamed.before(), renamed.now());
      case News.TopicSet set -> topic = set.topic();
      default -> {}
    }
  }
}
