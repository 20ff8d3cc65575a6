package fivefold.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/**
 * What things are called at the broker. Names of rooms and people stand in base64url: they may have
 * letters that a subject may not.
 */
record Subjects(String chat) {

  private String root() {
    return "fivefold." + chat + ".";
  }

  /** The stream of what is said. */
  String stream() {
    return "fivefold_" + chat;
  }

  /** The stream that says whose name is whose: one message a name. */
  String names() {
    return stream() + "_names";
  }

  String said(String room) {
    return root() + "said." + token(room);
  }

  String allSaid() {
    return root() + "said.*";
  }

  String topic(String room) {
    return root() + "topic." + token(room);
  }

  String allTopics() {
    return root() + "topic.*";
  }

  String name(String key) {
    return root() + "name." + token(key);
  }

  String allNames() {
    return root() + "name.*";
  }

  /** All servers hear it. */
  String presence() {
    return root() + "presence";
  }

  /** One server hears it. */
  String node(String node) {
    return root() + "node." + node;
  }

  private static String token(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
