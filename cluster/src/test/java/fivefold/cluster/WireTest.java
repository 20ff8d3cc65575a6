package fivefold.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fivefold.services.chat.Presence;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is sent is read as it was, and nothing else is taken for it. */
class WireTest {
  private static final List<PresenceNews> NEWS =
      List.of(
          new PresenceNews.Alive("n", 7),
          new PresenceNews.Bye("n"),
          new PresenceNews.Here("n", 8, new Presence("n", 3, "Änn", List.of("lobby", "茶"))),
          new PresenceNews.Gone("n", 9, 3, true),
          new PresenceNews.Ask("n"),
          new PresenceNews.All(
              "n", 9, true, false, List.of(new Presence("n", 4, "1.2.3.4:5", List.of()))),
          new PresenceNews.Tell("n", "to", "from", "text"));

  @Test
  void presenceNewsAreReadAsTheyWere() throws Exception {
    for (PresenceNews each : NEWS) {
      assertThat(PresenceNews.read(each.encoded())).isEqualTo(each);
    }
  }

  @Test
  void whatIsCutOffIsRefused() {
    for (PresenceNews each : NEWS) {
      byte[] whole = each.encoded();
      for (int length = 0; length < whole.length; length++) {
        byte[] part = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> PresenceNews.read(part)).isInstanceOf(MalformedException.class);
      }
    }
  }

  /** Nothing but a refusal comes of bytes that are wrong, from seeds that can be replayed. */
  @Test
  void wrongBytesAreRefusedOrRead() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = NEWS.get(random.nextInt(NEWS.size())).encoded();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      byte[] entry = entry();
      entry[random.nextInt(entry.length)] = (byte) random.nextInt();
      assertThatCode(
              () -> {
                try {
                  PresenceNews.read(bytes);
                } catch (MalformedException refused) {
                  // as it should be
                }
                try {
                  Entry.read(entry);
                } catch (MalformedException refused) {
                  // as it should be
                }
              })
          .as("seed " + seed)
          .doesNotThrowAnyException();
    }
  }

  private static byte[] entry() {
    FieldWriter out = Entry.begin("node", 12, "lobby", false);
    Entry.add(out, 1_000, "Ann", "one");
    Entry.add(out, 1_001, "Bob", "two\u001b[2J");
    return out.bytes();
  }

  @Test
  void entriesHavePlacesInTheStreamsOrderAndHarmlessText() throws Exception {
    Entry entry = Entry.read(entry());

    assertThat(entry.node()).isEqualTo("node");
    assertThat(entry.number()).isEqualTo(12);
    assertThat(entry.placed(5))
        .extracting(each -> each.message().id(), each -> each.message().text())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(5L * Entry.LIMIT_SAID, "one"),
            org.assertj.core.groups.Tuple.tuple(5L * Entry.LIMIT_SAID + 1, "two\u241B[2J"));
    assertThat(Entry.id(6, 0)).isGreaterThan(Entry.id(5, Entry.LIMIT_SAID - 1));
  }

  @Test
  void aSecondCopyIsKnown() throws Exception {
    Doubles doubles = new Doubles();
    Entry first = Entry.read(entry());
    Entry elsewhere = new Entry("other", 12, "lobby", false, List.of());
    Entry next = new Entry("node", 13, "lobby", false, List.of());

    assertThat(doubles.isNew(first)).isTrue();
    assertThat(doubles.isNew(elsewhere)).isTrue();
    assertThat(doubles.isNew(next)).isTrue();
    assertThat(doubles.isNew(first)).isFalse();
    assertThat(doubles.isNew(next)).isFalse();
  }
}
