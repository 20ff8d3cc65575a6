package fivefold.services.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a bare client gets. A message is {@code 2026/11/21 13:05:09 127.0.0.1:51234}, and the text
 * on the next line; in another room than the lobby the first line ends with the room. What is no
 * message begins with {@code *}, a refusal with {@code !}.
 */
final class LineForm implements ChatForm {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss");

  private final ZoneId zone;

  LineForm(ZoneId zone) {
    this.zone = zone;
  }

  @Override
  public byte[] bytes(ChatEvent event) {
    return text(event).getBytes(UTF_8);
  }

  private String text(ChatEvent event) {
    return switch (event) {
      case ChatEvent.Said(ChatMessage message) -> message(message);
      case ChatEvent.Came(String room, List<String> names, int count) ->
          inRoom(room, some(names, count) + (count == 1 ? " is here" : " are here"));
      case ChatEvent.Left(String room, List<String> names, int count) ->
          inRoom(room, some(names, count) + (count == 1 ? " has left" : " have left"));
      case ChatEvent.Renamed(String room, String before, String now) ->
          inRoom(room, before + " is now " + now);
      case ChatEvent.TopicSet(String room, String by, String topic) ->
          inRoom(room, by + " sets the topic: " + topic);
      case ChatEvent.Dropped(String room, List<String> names, int count) ->
          inRoom(room, dropped(names, count));
      case ChatEvent.Welcomed(String name, boolean _) -> notice("you are in as " + name);
      case ChatEvent.NotWelcomed(String why) -> refusal(why);
      case ChatEvent.Joined(String room, int count, List<String> _, String topic) ->
          notice(
              "you are in #"
                  + room
                  + ", "
                  + count
                  + " here"
                  + (topic == null ? "" : "; topic: " + topic));
      case ChatEvent.LeftRoom(String room, String now) ->
          notice("you have left #" + room + (now == null ? "" : "; you speak in #" + now));
      case ChatEvent.Named(String name) -> notice("you are now " + name);
      case ChatEvent.Present(String room, int count, List<String> names) ->
          notice("#" + room + ", " + count + " here: " + list(names, count));
      case ChatEvent.Topic(String room, String topic) -> notice(topic(room, topic));
      case ChatEvent.Whispered(String from, String _, String text, boolean received)
          when received ->
          notice("from " + from + ", to you alone: " + text);
      case ChatEvent.Whispered(String _, String to, String text, boolean _) ->
          notice("to " + to + " alone: " + text);
      case ChatEvent.Shown(String _, ChatEvent.Stretch _, List<ChatMessage> messages, boolean _) ->
          messages(messages);
      case ChatEvent.Found(String room, List<ChatMessage> messages) ->
          messages(messages) + notice("found in #" + room + ": " + messages.size());
      case ChatEvent.Rooms(List<RoomInfo> rooms) ->
          rooms.stream()
              .map(room -> notice("#" + room.name() + ", " + room.members() + " here"))
              .collect(Collectors.joining());
      case ChatEvent.Told(String text) -> notice(text);
      case ChatEvent.Refused(String why) -> refusal(why);
      case ChatEvent.Dismissed(ChatEvent.Dismissal dismissal) -> refusal(dismissal.text());
    };
  }

  private static String notice(String text) {
    return "* " + text + "\n";
  }

  private static String refusal(String why) {
    return "! " + why + "\n";
  }

  private static String inRoom(String room, String text) {
    return notice((room.equals(Names.LOBBY) ? "" : "#" + room + ": ") + text);
  }

  private static String list(List<String> names, int count) {
    return String.join(", ", names) + (count > names.size() ? " ..." : "");
  }

  private static String topic(String room, @Nullable String topic) {
    return topic == null ? "#" + room + " has no topic" : "topic: " + topic;
  }

  private static String some(List<String> names, int count) {
    return String.join(", ", names)
        + (count > names.size() ? " and " + (count - names.size()) : "");
  }

  private static String dropped(List<String> names, int count) {
    return some(names, count)
        + (count == 1 ? " was dropped: it" : " were dropped: they")
        + " did not read in time";
  }

  private String messages(List<ChatMessage> messages) {
    return messages.stream().map(this::message).collect(Collectors.joining());
  }

  private String message(ChatMessage message) {
    return TIME.format(Instant.ofEpochMilli(message.atMillis()).atZone(zone))
        + " "
        + message.from()
        + (message.room().equals(Names.LOBBY) ? "" : " #" + message.room())
        + "\n"
        + message.text()
        + "\n";
  }
}
