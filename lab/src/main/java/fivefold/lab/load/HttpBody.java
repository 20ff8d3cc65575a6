package fivefold.lab.load;

/** The first body that came, as all others must be; known by its length and its CRC-32C. */
final class HttpBody {
  private final boolean sameWanted;
  private boolean known;
  private long lengthBytes;
  private long checksum;

  HttpBody(boolean sameWanted) {
    this.sameWanted = sameWanted;
  }

  /** Whether this one may be; the first one always. */
  boolean accepts(long bytes, long sum) {
    if (!known) {
      known = true;
      lengthBytes = bytes;
      checksum = sum;
    }
    return !sameWanted || (bytes == lengthBytes && sum == checksum);
  }
}
