package fivefold.cli.chat;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a notice of the server means, as far as this client follows it. */
sealed interface News {

  /** This member speaks in a room now; its topic, or empty. */
  record Entered(String room, String topic) implements News {}

  /** This member has left a room; where it speaks now, or empty. */
  record Left(String room, String next) implements News {}

  /** This member is called so. */
  record Called(String name) implements News {}

  /** The topic of the room this member speaks in. */
  record OwnTopic(String topic) implements News {}

  /** Who is in a room. */
  record Here(String room, List<String> names) implements News {}

  /** These came into the room. */
  record Arrived(List<String> names) implements News {}

  /** These are no longer in the room. */
  record Gone(List<String> names) implements News {}

  /** Somebody in the room has another name. */
  record Renamed(String before, String now) implements News {}

  /** The room has a topic. */
  record TopicSet(String topic) implements News {}

  /** Only to be read. */
  record Other() implements News {}

  /** Understands a notice, without the room it begins with. */
  static News of(String text) {
    for (Form form : Form.ALL) {
      Matcher matcher = form.pattern.matcher(text);
      if (matcher.matches()) {
        return form.meaning.apply(matcher);
      }
    }
    return new Other();
  }

  /** A form of notice, and what it means. The first that fits is taken. */
  record Form(Pattern pattern, Function<Matcher, News> meaning) {
    private static final String ROOM = "#([^\\s:,]+)";

    /** Names, and perhaps how many more. */
    private static final String SOME = "(.+?)(?: and \\d+)?";

    private static final List<Form> ALL =
        List.of(
            form(
                "you are in " + ROOM + ", \\d+ here(?:; topic: (.*))?",
                found -> new Entered(found.group(1), orEmpty(found.group(2)))),
            form(
                "you have left " + ROOM + "(?:; you speak in " + ROOM + ")?",
                found -> new Left(found.group(1), orEmpty(found.group(2)))),
            form("you are now (\\S+)", found -> new Called(found.group(1))),
            form("topic: (.*)", found -> new OwnTopic(found.group(1))),
            form(
                ROOM + ", \\d+ here: (.*?)(?: \\.\\.\\.)?",
                found -> new Here(found.group(1), names(found.group(2)))),
            form(SOME + " (?:is|are) here", found -> some(found, Arrived::new)),
            form(SOME + " (?:has|have) left", found -> some(found, Gone::new)),
            form(SOME + " (?:was|were) dropped: .*", found -> some(found, Gone::new)),
            form("(\\S+) is now (\\S+)", found -> new Renamed(found.group(1), found.group(2))),
            form("\\S+ sets the topic: (.*)", found -> new TopicSet(found.group(1))));

    private static Form form(String regex, Function<Matcher, News> meaning) {
      return new Form(Pattern.compile(regex), meaning);
    }

    private static String orEmpty(@Nullable String group) {
      return group == null ? "" : group;
    }

    /** Of names, which have no space in them. */
    private static News some(Matcher found, Function<List<String>, News> meaning) {
      List<String> names = names(found.group(1));
      return names.stream().anyMatch(name -> name.isEmpty() || name.contains(" "))
          ? new Other()
          : meaning.apply(names);
    }

    private static List<String> names(String list) {
      return List.of(list.split(", ", -1));
    }
  }
}
