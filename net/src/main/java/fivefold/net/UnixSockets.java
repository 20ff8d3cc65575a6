package fivefold.net;

import java.util.Locale;

/** Which Unix sockets a model can listen on, unix(7). */
public enum UnixSockets {
  NONE,

  /** Those with a file. */
  FILES,

  /** Those with a file, and on Linux those with an abstract name. */
  FILES_AND_NAMES;

  /** As programs read it: {@code files-and-names}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
