package fivefold.cli;

import fivefold.net.OutboxLimits;
import fivefold.net.SlowConsumerPolicy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What may wait for a peer that reads slowly. */
final class OutboxFlags {
  @Nullable Integer bytes;
  @Nullable Integer messages;
  @Nullable Duration age;
  @Nullable String policy;

  void addTo(Flags flags) {
    flags.value(
        "--outbox-bytes",
        "SIZE",
        new ByteSize(),
        value -> bytes = value,
        "Bytes that may wait for one peer (1m).");
    flags.value(
        "--outbox-messages",
        "N",
        new WholeNumber(),
        value -> messages = value,
        "Messages that may wait for one peer (16384).");
    flags.value(
        "--outbox-age",
        "TIME",
        new TimeSpan(),
        value -> age = value,
        "How long they may wait before the peer is disconnected (30s).");
    flags.text(
        "--slow-consumer",
        "POLICY",
        value -> policy = value,
        "What happens to a message beyond that: disconnect (default), drop-oldest, drop-newest.");
  }

  boolean isEmpty() {
    return bytes == null && messages == null && age == null && policy == null;
  }

  OutboxLimits limits() {
    OutboxLimits limits = OutboxLimits.DEFAULT;
    limits = bytes == null ? limits : limits.withBytes(bytes);
    limits = messages == null ? limits : limits.withMessages(messages);
    limits = age == null ? limits : limits.withAge(age);
    return policy == null ? limits : limits.withPolicy(parse(policy));
  }

  private static SlowConsumerPolicy parse(String word) {
    return Arrays.stream(SlowConsumerPolicy.values())
        .filter(policy -> word(policy).equals(word))
        .findFirst()
        .orElseThrow(() ->
            new UsageException(
                "unknown --slow-consumer '"
                    + word
                    + "'; expected one of "
                    + String.join(", ", words())
                    + NearMiss.hint(word, words())));
  }

  private static List<String> words() {
    return Arrays.stream(SlowConsumerPolicy.values()).map(OutboxFlags::word).toList();
  }

  private static String word(SlowConsumerPolicy policy) {
    return policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
