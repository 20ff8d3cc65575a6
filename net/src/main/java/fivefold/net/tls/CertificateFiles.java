package fivefold.net.tls;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * An identity in PEM files that are renewed while the server runs: connections that begin after a
 * renewal get the new certificate, those that are open stay as they are.
 *
 * <p>The files' times are looked at when a handshake asks for the certificate, and then at most
 * once an interval; so nothing runs while nobody connects. A renewal that cannot be used, such as a
 * certificate whose key has not been written yet, is logged and tried again; until then the
 * identity stays the old one. Thread-safe.
 */
public final class CertificateFiles {
  /** A renewal is seen within this time, unless another interval is given. */
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);

  private static final System.Logger LOG = System.getLogger("fivefold.net.tls");

  private final Path chain;
  private final Path key;
  private final long intervalNanos;

  private volatile TlsIdentity identity;
  private volatile long lookedAtNanos;
  private List<FileTime> times;
  private List<FileTime> complainedOf = List.of();

  /**
   * Reads the files.
   *
   * @param interval how long a look at the files' times is good; zero looks at each handshake
   * @throws IOException when they cannot be used, as {@link TlsIdentity#read}
   */
  public CertificateFiles(Path chain, Path key, Duration interval) throws IOException {
    this.chain = Objects.requireNonNull(chain);
    this.key = Objects.requireNonNull(key);
    this.intervalNanos = interval.toNanos();
    // The times first: files that are renewed meanwhile are read once more, which does no harm.
    this.times = times();
    this.identity = TlsIdentity.read(chain, key);
    this.lookedAtNanos = System.nanoTime();
  }

  /** The same with {@link #DEFAULT_INTERVAL}. */
  public CertificateFiles(Path chain, Path key) throws IOException {
    this(chain, key, DEFAULT_INTERVAL);
  }

  /** The identity as of the last look, and a new look when that was an interval ago. */
  public TlsIdentity current() {
    if (System.nanoTime() - lookedAtNanos >= intervalNanos) {
      lookedAtNanos = System.nanoTime();
      try {
        reload();
      } catch (IOException e) {
        complain(e);
      }
    }
    return identity;
  }

  /**
   * Reads the files if they have changed.
   *
   * @return whether they had
   * @throws IOException when what they hold now cannot be used; the old identity stays
   */
  public synchronized boolean reload() throws IOException {
    List<FileTime> now = times();
    if (now.equals(times)) {
      return false;
    }
    TlsIdentity read = TlsIdentity.read(chain, key);
    times = now;
    identity = read;
    LOG.log(Level.INFO, "TLS certificate reloaded from " + chain + ": " + read);
    return true;
  }

  /** Once for each state of the files, however many handshakes meet it. */
  private synchronized void complain(IOException error) {
    List<FileTime> now;
    try {
      now = times();
    } catch (IOException missing) {
      now = List.of(FileTime.fromMillis(0));
    }
    if (!now.equals(complainedOf)) {
      complainedOf = now;
      LOG.log(Level.WARNING, "the TLS certificate stays the old one: " + error.getMessage());
    }
  }

  private List<FileTime> times() throws IOException {
    return List.of(timeOf(chain), timeOf(key));
  }

  private static FileTime timeOf(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new IOException("no file " + file, e);
    }
  }
}
