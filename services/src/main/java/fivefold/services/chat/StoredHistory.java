package fivefold.services.chat;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * A history in H2's MVStore, a map for each room, in a file or in memory. A commit appends to the
 * file and overwrites nothing that is in use, so a process that is killed leaves the last commit
 * behind, whole (docs/decisions, "chat").
 */
final class StoredHistory implements History {
  private static final String ROOM = "room:";
  private static final String TOPICS = "topics";

  /** Taken out in one go, lest members wait for it. */
  private static final int PRUNED_AT_ONCE = 1_000;

  private static final int COMPACTING_MILLIS = 100;
  private static final int COMPACTING_AT_CLOSE_MILLIS = 500;

  /** A file below this is not worth the half second of making it smaller. */
  private static final long COMPACTING_FROM_BYTES = 32 << 20;

  /** The kernel is told to write to the disk so often, while there is something new. */
  private static final int SYNC_EVERY_MILLIS = 1_000;

  /**
   * How long the space of what was replaced is not used again. Longer than it takes until the disk
   * has what replaces it: so a machine that loses its power finds a whole store of some seconds
   * ago. (The store's own 45 s do without the sync, and let a file grow to gigabytes under load.)
   */
  private static final int RETENTION_MILLIS = 5_000;

  private static final int CACHE_MEBIBYTES = 8;

  private static final System.Logger LOG = System.getLogger("fivefold.services.chat");

  private final HistoryOptions options;
  private final ScheduledExecutorService syncing =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("fivefold-chat-sync").factory());
  private final AtomicBoolean unsynced = new AtomicBoolean();
  private volatile MVStore store;

  /** Up to here it is in the store for sure; a search shows no more. */
  private volatile long committedId;

  private StoredHistory(HistoryOptions options, MVStore store) {
    this.options = options;
    this.store = store;
  }

  /**
   * Opens it, and makes the file when there is none.
   *
   * @throws IOException when that cannot be; the message names the file and says what to do
   */
  static History open(HistoryOptions options) throws IOException {
    StoredHistory history = new StoredHistory(options, openStore(options.file()));
    history.committedId = history.lastId();
    if (options.file() != null) {
      var _ =
          history.syncing.scheduleWithFixedDelay(
              history::sync, SYNC_EVERY_MILLIS, SYNC_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
    return history;
  }

  private static MVStore openStore(@Nullable Path file) throws IOException {
    MVStore.Builder builder = new MVStore.Builder().autoCommitDisabled().cacheSize(CACHE_MEBIBYTES);
    if (file != null) {
      createForOwnerAlone(file);
      builder.fileName(file.toAbsolutePath().toString());
    }
    try {
      MVStore opened = builder.open();
      opened.setRetentionTime(RETENTION_MILLIS);
      return opened;
    } catch (MVStoreException | IllegalArgumentException e) {
      throw new IOException(
          "cannot keep the history in " + file + ": " + explain(e) + ", or name another file", e);
    }
  }

  private static String explain(Exception error) {
    String message = String.valueOf(error.getMessage());
    if (message.contains("locked")) {
      return "another server has it open; stop that";
    }
    if (message.contains("corrupt")) {
      return "it is no history, or a damaged one; move it away";
    }
    return message;
  }

  /** What people say to each other is nobody else's on this machine. */
  private static void createForOwnerAlone(Path file) throws IOException {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
      if (posix) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
    } catch (FileAlreadyExistsException there) {
      requireFile(file);
    } catch (IOException e) {
      throw new IOException(
          "cannot keep the history in " + file + ": " + e + "; name another file", e);
    }
  }

  private static void requireFile(Path file) throws IOException {
    try (FileChannel _ =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      // It can be read and written, and that is all that was asked.
    } catch (IOException e) {
      throw new IOException(
          "cannot keep the history in " + file + ": " + e.getMessage() + "; name another file", e);
    }
  }

  @Override
  public void append(List<ChatMessage> messages) throws IOException {
    writing(() -> {
      Set<String> rooms = new HashSet<>();
      for (ChatMessage each : messages) {
        room(each.room())
            .put(each.id(), new KeptMessage(each.atMillis(), each.from(), each.text()));
        rooms.add(each.room());
      }
      rooms.forEach(this::prune);
      store.commit();
      committedId = Math.max(committedId, messages.getLast().id());
    });
  }

  @Override
  public List<ChatMessage> last(String room, int count) throws IOException {
    return find(room, committedId, "", count);
  }

  @Override
  public List<ChatMessage> before(String room, long id, int count) throws IOException {
    return find(room, Math.min(id - 1, committedId), "", count);
  }

  @Override
  public List<ChatMessage> after(String room, long id, int count) throws IOException {
    return reading(() -> {
      List<ChatMessage> found = new ArrayList<>();
      if (id < committedId && store.hasMap(ROOM + room)) {
        Cursor<Long, KeptMessage> oldestFirst = room(room).cursor(id + 1, committedId, false);
        while (found.size() < count && oldestFirst.hasNext()) {
          long next = oldestFirst.next();
          found.add(oldestFirst.getValue().of(room, next));
        }
      }
      return found;
    });
  }

  @Override
  public boolean isKept() {
    return true;
  }

  @Override
  public List<ChatMessage> search(String room, String text, int count) throws IOException {
    return find(room, committedId, text.toLowerCase(Locale.ROOT), count);
  }

  private List<ChatMessage> find(String room, long fromId, String lowerCase, int count)
      throws IOException {
    List<ChatMessage> found = new ArrayList<>();
    if (!store.hasMap(ROOM + room)) {
      return found;
    }
    try {
      Cursor<Long, KeptMessage> newestFirst = room(room).cursor(fromId, null, true);
      while (found.size() < count && newestFirst.hasNext()) {
        long id = newestFirst.next();
        KeptMessage kept = newestFirst.getValue();
        if (lowerCase.isEmpty() || kept.text().toLowerCase(Locale.ROOT).contains(lowerCase)) {
          found.add(kept.of(room, id));
        }
      }
    } catch (MVStoreException e) {
      throw failed("read", e);
    }
    return found.reversed();
  }

  @Override
  public @Nullable String topic(String room) throws IOException {
    return reading(() -> Optional.ofNullable(topics().get(room))).orElse(null);
  }

  @Override
  public void setTopic(String room, String topic) throws IOException {
    writing(() -> {
      if (topic.isEmpty()) {
        topics().remove(room);
      } else {
        topics().put(room, topic);
      }
      store.commit();
    });
  }

  @Override
  public Set<String> rooms() throws IOException {
    Set<String> rooms = reading(() -> new HashSet<>(topics().keySet()));
    for (String map : store.getMapNames()) {
      if (map.startsWith(ROOM)) {
        rooms.add(map.substring(ROOM.length()));
      }
    }
    return rooms;
  }

  @Override
  public long lastId() throws IOException {
    return reading(() -> {
      long last = 0;
      for (String map : store.getMapNames()) {
        if (map.startsWith(ROOM)) {
          Long inRoom = room(map.substring(ROOM.length())).lastKey();
          last = Math.max(last, inRoom == null ? 0 : inRoom);
        }
      }
      return last;
    });
  }

  @Override
  public void tidy() throws IOException {
    writing(() -> {
      for (String map : Set.copyOf(store.getMapNames())) {
        if (map.startsWith(ROOM)) {
          String room = map.substring(ROOM.length());
          prune(room);
          if (room(room).isEmpty()) {
            store.removeMap(map);
          }
        }
      }
      store.commit();
    });
  }

  @Override
  public void shrink() throws IOException {
    Path file = options.file();
    if (file != null && Files.size(file) > COMPACTING_FROM_BYTES) {
      writing(() -> {
        // The first call rewrites what is in use, the second one gives back what was in between.
        store.compactFile(COMPACTING_MILLIS);
        store.compactFile(COMPACTING_MILLIS);
        store.setRetentionTime(RETENTION_MILLIS);
      });
    }
  }

  private void sync() {
    if (unsynced.getAndSet(false)) {
      try {
        store.sync();
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "the history is written, but perhaps not on the disk yet", e);
      }
    }
  }

  private void prune(String room) {
    MVMap<Long, KeptMessage> kept = room(room);
    Duration limitAge = options.limitAge();
    long tooOldMillis =
        limitAge == null ? Long.MIN_VALUE : System.currentTimeMillis() - limitAge.toMillis();
    for (int i = 0; i < PRUNED_AT_ONCE; i++) {
      Long oldest = kept.firstKey();
      if (oldest == null) {
        return;
      }
      KeptMessage message = kept.get(oldest);
      boolean tooMany = kept.sizeAsLong() > options.limitMessages();
      if (!tooMany && (message == null || message.atMillis() >= tooOldMillis)) {
        return;
      }
      kept.remove(oldest);
    }
  }

  private MVMap<Long, KeptMessage> room(String name) {
    return store.openMap(
        ROOM + name,
        new MVMap.Builder<Long, KeptMessage>()
            .keyType(LongDataType.INSTANCE)
            .valueType(new KeptMessage.Type()));
  }

  private MVMap<String, String> topics() {
    return store.openMap(
        TOPICS,
        new MVMap.Builder<String, String>()
            .keyType(StringDataType.INSTANCE)
            .valueType(StringDataType.INSTANCE));
  }

  private interface Reading<T> {
    T get();
  }

  private <T> T reading(Reading<T> what) throws IOException {
    try {
      return what.get();
    } catch (MVStoreException | IllegalStateException e) {
      throw failed("read", e);
    }
  }

  /** A store that could not write has closed itself: it is opened anew, as the last commit was. */
  private void writing(Runnable what) throws IOException {
    if (store.isClosed() && options.file() != null) {
      store = openStore(options.file());
    }
    try {
      what.run();
      unsynced.set(true);
    } catch (MVStoreException | IllegalStateException e) {
      discard();
      throw failed("written", e);
    }
  }

  /** What is half written must not be found in the next commit. */
  private void discard() {
    if (!store.isClosed()) {
      store.rollback();
    }
  }

  private IOException failed(String what, RuntimeException error) {
    return new IOException("the history cannot be " + what + ": " + error.getMessage(), error);
  }

  @Override
  public void close() {
    syncing.shutdownNow();
    if (!store.isClosed()) {
      store.close(COMPACTING_AT_CLOSE_MILLIS);
    }
  }
}
