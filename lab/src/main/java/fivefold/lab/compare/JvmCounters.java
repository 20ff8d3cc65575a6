package fivefold.lab.compare;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a HotSpot JVM says of its collections, without being asked: it keeps counters in a file that
 * is mapped into its memory, the one that jstat(1) reads. Only JVMs of the same user are seen, and
 * not with {@code -XX:-UsePerfData}.
 *
 * @param collections of all collectors
 * @param seconds in them
 */
record JvmCounters(long collections, double seconds) {
  private static final int MAGIC = 0xcafec0c0;
  private static final int LITTLE_ENDIAN = 1;
  private static final int ENTRIES_OFFSET = 24;
  private static final byte LONG = 'J';

  static Path file(int pid) {
    return Path.of(
        System.getProperty("java.io.tmpdir", "/tmp"),
        "hsperfdata_" + System.getProperty("user.name"),
        Integer.toString(pid));
  }

  /** Null when it is no JVM that says so. */
  static @Nullable JvmCounters read(int pid) {
    try {
      Path file = file(pid);
      return Files.isReadable(file) ? of(parse(Files.readAllBytes(file))) : null;
    } catch (IOException | BufferUnderflowException | IllegalArgumentException notReadable) {
      return null;
    }
  }

  private static @Nullable JvmCounters of(Map<String, Long> counters) {
    long collections = 0;
    long ticks = 0;
    int collectors = 0;
    for (; counters.containsKey("sun.gc.collector." + collectors + ".invocations"); collectors++) {
      collections += counters.getOrDefault("sun.gc.collector." + collectors + ".invocations", 0L);
      ticks += counters.getOrDefault("sun.gc.collector." + collectors + ".time", 0L);
    }
    Long frequency = counters.get("sun.os.hrt.frequency");
    return collectors == 0 || frequency == null
        ? null
        : new JvmCounters(collections, (double) ticks / frequency);
  }

  /** The counters that are whole numbers; the layout is that of HotSpot's perfMemory.hpp. */
  static Map<String, Long> parse(byte[] file) {
    ByteBuffer data = ByteBuffer.wrap(file);
    if (data.getInt() != MAGIC) {
      throw new IllegalArgumentException("not the counters of a JVM");
    }
    data.order(data.get() == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int entry = data.getInt(ENTRIES_OFFSET);
    int count = data.getInt(ENTRIES_OFFSET + Integer.BYTES);
    Map<String, Long> counters = new HashMap<>();
    for (int i = 0; i < count; i++) {
      data.position(entry);
      int length = data.getInt();
      int name = entry + data.getInt();
      boolean scalar = data.getInt() == 0;
      byte type = data.get();
      data.position(data.position() + 3); // flags, units, variability
      int value = entry + data.getInt();
      if (scalar && type == LONG) {
        counters.put(text(file, name), data.getLong(value));
      }
      if (length <= 0) {
        throw new IllegalArgumentException("an entry without a length");
      }
      entry += length;
    }
    return counters;
  }

  private static String text(byte[] file, int from) {
    int end = from;
    while (file[end] != 0) {
      end++;
    }
    return new String(file, from, end - from, StandardCharsets.UTF_8);
  }
}
