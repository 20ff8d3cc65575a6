package fivefold.web;

import fivefold.services.chat.ChatEvent;
import fivefold.services.chat.ChatMessage;
import fivefold.services.chat.RoomInfo;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What happens, as the page reads it: {@code is} says what it is. Ids are text, since a script's
 * numbers have 53 bits.
 */
final class EventJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private EventJson() {}

  /** The first word of the server: what it expects. */
  static String hello(boolean password, int limitLineBytes) {
    return object(
        "hello",
        json -> {
          json.writeBooleanProperty("password", password);
          json.writeNumberProperty("limitLineBytes", limitLineBytes);
        });
  }

  static String of(ChatEvent event) {
    return switch (event) {
      case ChatEvent.Said(ChatMessage message) -> object("said", json -> message(json, message));
      case ChatEvent.Came(String room, List<String> names, int count) ->
          object("came", json -> inRoom(json, room, count, names));
      case ChatEvent.Left(String room, List<String> names, int count) ->
          object("left", json -> inRoom(json, room, count, names));
      case ChatEvent.Renamed(String room, String before, String now) ->
          object("renamed", json -> texts(json, "room", room, "before", before, "name", now));
      case ChatEvent.TopicSet(String room, String by, String topic) ->
          object("topic", json -> texts(json, "room", room, "by", by, "topic", topic));
      case ChatEvent.Dropped(String room, List<String> names, int count) ->
          object("dropped", json -> inRoom(json, room, count, names));
      case ChatEvent.Welcomed(String name, boolean kept) ->
          object(
              "welcome",
              json -> {
                texts(json, "name", name);
                json.writeBooleanProperty("history", kept);
              });
      case ChatEvent.NotWelcomed(String why) ->
          object("unwelcome", json -> texts(json, "why", why));
      case ChatEvent.Joined(String room, int count, List<String> names, String topic) ->
          object(
              "joined",
              json -> {
                inRoom(json, room, count, names);
                texts(json, "topic", topic);
              });
      case ChatEvent.LeftRoom(String room, String _) ->
          object("gone", json -> texts(json, "room", room));
      case ChatEvent.Named(String name) -> object("named", json -> texts(json, "name", name));
      case ChatEvent.Present(String room, int count, List<String> names) ->
          object("present", json -> inRoom(json, room, count, names));
      case ChatEvent.Topic(String room, String topic) ->
          object("topic", json -> texts(json, "room", room, "topic", topic));
      case ChatEvent.Whispered(String from, String to, String text, boolean _) ->
          object("whisper", json -> texts(json, "from", from, "to", to, "text", text));
      case ChatEvent.Shown(String room, ChatEvent.Stretch stretch, var messages, boolean more) ->
          object(
              "shown",
              json -> {
                texts(json, "room", room, "stretch", stretch.name().toLowerCase(Locale.ROOT));
                json.writeBooleanProperty("more", more);
                messages(json, messages);
              });
      case ChatEvent.Found(String room, List<ChatMessage> messages) ->
          object(
              "found",
              json -> {
                texts(json, "room", room);
                messages(json, messages);
              });
      case ChatEvent.Rooms(List<RoomInfo> rooms) -> object("rooms", json -> rooms(json, rooms));
      case ChatEvent.Told(String text) -> object("told", json -> texts(json, "text", text));
      case ChatEvent.Refused(String why) -> object("refused", json -> texts(json, "why", why));
      case ChatEvent.Dismissed(ChatEvent.Dismissal why) ->
          object("dismissed", json -> texts(json, "why", why.text(), "code", why.name()));
    };
  }

  private interface Content {
    void write(JsonGenerator json);
  }

  private static String object(String what, Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("is", what);
      content.write(json);
      json.writeEndObject();
    }
    return text.toString();
  }

  /** Names and values in turn; what is null is left out. */
  private static void texts(JsonGenerator json, @Nullable String... namesAndValues) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      if (namesAndValues[i + 1] != null) {
        json.writeStringProperty(namesAndValues[i], namesAndValues[i + 1]);
      }
    }
  }

  private static void inRoom(JsonGenerator json, String room, int count, List<String> names) {
    texts(json, "room", room);
    json.writeNumberProperty("count", count);
    json.writeArrayPropertyStart("names");
    names.forEach(json::writeString);
    json.writeEndArray();
  }

  private static void message(JsonGenerator json, ChatMessage message) {
    texts(json, "id", Long.toString(message.id()), "room", message.room(), "from", message.from());
    json.writeNumberProperty("at", message.atMillis());
    texts(json, "text", message.text());
  }

  private static void messages(JsonGenerator json, List<ChatMessage> messages) {
    json.writeArrayPropertyStart("messages");
    for (ChatMessage each : messages) {
      json.writeStartObject();
      message(json, each);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void rooms(JsonGenerator json, List<RoomInfo> rooms) {
    json.writeArrayPropertyStart("rooms");
    for (RoomInfo each : rooms) {
      json.writeStartObject();
      texts(json, "room", each.name());
      json.writeNumberProperty("count", each.members());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
