package fivefold.net;

/**
 * Hears how far a {@link FileRegion} has come, in the connection's own order: it overlaps no call
 * of the handler, and may send. What it throws counts as thrown by the handler.
 */
@FunctionalInterface
public interface FileProgress {
  /** For regions nobody asks about. */
  FileProgress NONE = (sentBytes, ofBytes) -> {};

  /**
   * The kernel has taken more of the region. Told now and then, at least once at its end unless the
   * connection breaks. By TLS, so much has been encrypted, which is ahead of that by 64 KiB at
   * most.
   *
   * @param sentBytes so far
   * @param ofBytes the length of the region
   */
  void sent(long sentBytes, long ofBytes) throws Exception;
}
