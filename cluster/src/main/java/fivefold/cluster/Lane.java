package fivefold.cluster;

import fivefold.services.chat.Draft;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be said in one room. One flight at a time, so that what failed and is sent again
 * cannot come behind what was said after it. Whoever uses it holds {@link Outbound}'s lock.
 */
final class Lane {
  /** Well below the megabyte that a broker takes at once unless it is told otherwise. */
  private static final int LIMIT_BYTES = 256 << 10;

  private static final int OVERHEAD_BYTES = 128;

  final String room;
  final ArrayDeque<Draft> waiting = new ArrayDeque<>();

  /** Not stored yet; null for none. */
  @Nullable Flight flying;

  /** Flights that are not heard yet, the one that flies among them. */
  int unheard;

  Lane(String room) {
    this.room = room;
  }

  static long weightBytes(Draft draft) {
    return OVERHEAD_BYTES + 2L * (draft.text().length() + draft.from().length());
  }

  boolean isIdle() {
    return waiting.isEmpty() && unheard == 0;
  }

  /** Takes the next off what waits, as many as fit. */
  Flight next(String node, long number) {
    boolean isTopic = waiting.getFirst().isTopic();
    FieldWriter out = Entry.begin(node, number, room, isTopic);
    List<Draft> drafts = new ArrayList<>();
    long weightBytes = 0;
    while (!waiting.isEmpty()
        && waiting.getFirst().isTopic() == isTopic
        && drafts.size() < Entry.LIMIT_SAID
        && (drafts.isEmpty() || out.size() < LIMIT_BYTES)) {
      Draft draft = waiting.removeFirst();
      Entry.add(out, draft.atMillis(), draft.from(), draft.text());
      weightBytes += weightBytes(draft);
      drafts.add(draft);
    }
    Flight flight = new Flight(number, this, drafts, weightBytes, out.bytes());
    flying = flight;
    unheard++;
    return flight;
  }
}
