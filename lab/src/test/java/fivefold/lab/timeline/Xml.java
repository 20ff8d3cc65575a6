package fivefold.lab.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether markup is well-formed: the module java.xml is not among those that are tested with. */
public final class Xml {
  private static final Pattern TAG =
      Pattern.compile("<(/?)(\\w+)((?: [\\w:-]+=\"[^\"<>]*\")*)(/?)>");

  private Xml() {}

  public static void assertWellFormed(String document) {
    Deque<String> open = new ArrayDeque<>();
    Matcher tags = TAG.matcher(document);
    int end = 0;
    while (tags.find()) {
      assertThat(document.substring(end, tags.start())).doesNotContain("<").doesNotContain(" & ");
      end = tags.end();
      if (!tags.group(1).isEmpty()) {
        assertThat(open.pop()).isEqualTo(tags.group(2));
      } else if (tags.group(4).isEmpty()) {
        open.push(tags.group(2));
      }
    }
    assertThat(open).isEmpty();
    assertThat(document.substring(end)).isBlank();
  }
}
