package fivefold.sys;

/** struct ucred, unix(7): the process, user and group of a peer. Any thread may call. */
public final class PeerCredential {
  public static final int BYTES = 12;

  static final int PID_OFFSET = 0;
  static final int UID_OFFSET = 4;
  static final int GID_OFFSET = 8;

  private PeerCredential() {}

  /** 0 for a process that this namespace cannot see. */
  public static int pid(long ucred) {
    return Memory.getInt(ucred + PID_OFFSET);
  }

  /** A 32-bit number without sign. */
  public static int uid(long ucred) {
    return Memory.getInt(ucred + UID_OFFSET);
  }

  /** A 32-bit number without sign. */
  public static int gid(long ucred) {
    return Memory.getInt(ucred + GID_OFFSET);
  }
}
