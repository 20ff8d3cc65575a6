package fivefold.web;

import fivefold.net.ProtocolException;
import fivefold.services.chat.Arrival;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads what the page sends: one flat object of texts, such as {@code
 * {"do":"say","room":"lobby","text":"hello"}}, with one object of ids by room inside {@code enter}.
 */
final class RequestReader {
  private static final int LIMIT_DEPTH = 2;
  private static final int LIMIT_FIELDS = 64;
  private static final String ROOMS = "rooms";

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(LIMIT_DEPTH)
                  .maxNameLength(256)
                  .build())
          .build();

  private final Map<String, String> fields = new HashMap<>();
  private final Map<String, Long> rooms = new LinkedHashMap<>();

  private RequestReader() {}

  /**
   * The request in a text.
   *
   * @throws ProtocolException when it is none; the message says what was expected
   */
  static ClientRequest read(String text) throws ProtocolException {
    RequestReader reader = new RequestReader();
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      reader.readAll(json);
    } catch (JacksonException e) {
      throw new ProtocolException("expected a request as JSON; " + e.getOriginalMessage());
    }
    return reader.request();
  }

  private void readAll(JsonParser json) throws ProtocolException {
    require(json.nextToken() == JsonToken.START_OBJECT, "expected an object");
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals(ROOMS) && value == JsonToken.START_OBJECT) {
        readRooms(json);
      } else {
        require(value == JsonToken.VALUE_STRING, "expected a text as '" + name + "'");
        fields.put(name, WellFormed.of(json.getString()));
      }
      require(fields.size() <= LIMIT_FIELDS, "expected fewer properties");
    }
    require(json.currentToken() == JsonToken.END_OBJECT, "expected one object");
    require(json.nextToken() == null, "expected one object");
  }

  private void readRooms(JsonParser json) throws ProtocolException {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String room = WellFormed.of(json.currentName());
      require(json.nextToken() == JsonToken.VALUE_STRING, "expected an id as text");
      rooms.put(room, id(json.getString()));
      require(rooms.size() <= LIMIT_FIELDS, "expected fewer rooms");
    }
  }

  private ClientRequest request() throws ProtocolException {
    String what = field("do");
    return switch (what) {
      case "enter" ->
          new ClientRequest.Enter(
              optional("password"), new Arrival(name(), fields.get("key"), rooms));
      case "say" -> new ClientRequest.Say(field("room"), field("text"));
      case "join" -> new ClientRequest.Join(field("room"), id(optional("id")));
      case "missed" -> new ClientRequest.Missed(field("room"), id(optional("id")));
      case "earlier" -> new ClientRequest.Earlier(field("room"), id(optional("id")));
      case "rooms" -> new ClientRequest.Rooms();
      default -> throw new ProtocolException("unknown request '" + what + "'");
    };
  }

  private @Nullable String name() {
    String name = optional("name");
    return name.isBlank() ? null : name.strip();
  }

  private String field(String name) throws ProtocolException {
    String value = fields.get(name);
    if (value == null) {
      throw new ProtocolException("expected '" + name + "'");
    }
    return value;
  }

  private String optional(String name) {
    return fields.getOrDefault(name, "");
  }

  private static long id(String text) throws ProtocolException {
    try {
      return text.isEmpty() ? 0 : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new ProtocolException("expected an id of a message");
    }
  }

  private static void require(boolean is, String expected) throws ProtocolException {
    if (!is) {
      throw new ProtocolException(expected);
    }
  }
}
