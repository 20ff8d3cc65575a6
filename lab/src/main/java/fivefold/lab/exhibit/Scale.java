package fivefold.lab.exhibit;

/** How much an exhibit does. */
public enum Scale {
  /** For a reader: a few seconds. */
  FULL,
  /** For a test: as little as still shows it. */
  SMALL;

  /** One of two amounts. */
  public int of(int full, int small) {
    return this == FULL ? full : small;
  }
}
