package fivefold.lab.load;

import java.util.Arrays;
import java.util.List;

/** How the connections of a load behave. */
public enum Mix {
  /** Each asks all the time. */
  STEADY("steady"),

  /** {@value Shares#ACTIVE} of them ask, and the others are only there. */
  IDLE("idle"),

  /**
   * One in ten, at most ten, asks ahead and reads little at a time, so that the server cannot get
   * rid of its replies. Latency is that of the others.
   */
  SLOW_READERS("slow-readers"),

  /**
   * One in ten, at most a hundred, sends its requests in little pieces. Latency is that of the
   * others.
   */
  SLOW_WRITERS("slow-writers"),

  /** Each connects, asks once, and closes; then another takes its place. */
  CHURN("churn"),

  /** All ask at once, then all are silent. */
  BURSTS("bursts");

  private final String word;

  Mix(String word) {
    this.word = word;
  }

  /** Its name on the command line. */
  public String word() {
    return word;
  }

  /** All names. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Mix::word).toList();
  }

  /**
   * The one of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Mix of(String word) {
    return Arrays.stream(values())
        .filter(mix -> mix.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no mix is called '" + word + "'"));
  }

  /** Whether some of its connections are slow on purpose. */
  public boolean hasSlow() {
    return this == SLOW_READERS || this == SLOW_WRITERS;
  }

  /** The fewest connections with which it is what it says. */
  public int leastConnections() {
    return hasSlow() ? 2 : 1;
  }

  /** Whether requests can begin at a rate. */
  public boolean allowsRate() {
    return this != CHURN;
  }

  /** Whether it can be had with datagrams, too, which nobody reads or writes in part. */
  public boolean allowsDatagrams() {
    return this == STEADY || this == IDLE || this == BURSTS;
  }
}
