package fivefold.net.loop;

/** What one wants to hear of a descriptor; bits, so that the hot path makes no set. */
public final class Interest {
  public static final int NONE = 0;
  public static final int READ = 1;
  public static final int WRITE = 2;

  /**
   * The peer is gone or the descriptor is broken. Never asked for, always told by epoll and poll;
   * select(2), kqueue and java.nio do not, they tell of what was asked alone. With it comes what
   * one did ask for, so that the next call on the descriptor says what happened.
   */
  public static final int HANGUP = 4;

  private Interest() {}

  /** The bits as one writes them: {@code read+write}. */
  public static String describe(int interest) {
    return switch (interest & (READ | WRITE)) {
      case READ -> "read";
      case WRITE -> "write";
      case READ | WRITE -> "read+write";
      default -> "none";
    };
  }
}
