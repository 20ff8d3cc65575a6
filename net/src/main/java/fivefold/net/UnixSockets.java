package fivefold.net;

/** Which Unix sockets a model can listen on, unix(7). */
public enum UnixSockets {
  NONE,

  /** Those with a file. */
  FILES,

  /** Those with a file, and on Linux those with an abstract name. */
  FILES_AND_NAMES
}
