package fivefold.cluster;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells an entry that was stored twice. The broker itself refuses a second copy, but remembers for
 * some minutes only; a server may have been cut off for longer, not knowing whether its last entry
 * had arrived. All servers read the same stream, so all pass over the same copy. One thread.
 */
final class Doubles {
  private static final int REMEMBERED = 50_000;

  private record Source(String node, String room) {}

  private final Map<Source, Long> last =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Whether it is here for the first time. */
  boolean isNew(Entry entry) {
    Source source = new Source(entry.node(), entry.room());
    Long before = last.get(source);
    if (before != null && entry.number() <= before) {
      return false;
    }
    last.put(source, entry.number());
    return true;
  }
}
