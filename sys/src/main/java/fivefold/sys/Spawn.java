package fivefold.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.charset.Charset;
import java.util.List;

/**
 * posix_spawn(3): starts a program, with descriptors of this process where the program wants them.
 *
 * <p>Unlike {@link ProcessBuilder} it hands over any descriptor, a socket as standard input among
 * them. Of the rest none is inherited. The program starts with all signals at their defaults and
 * none blocked. Never fork(2) in a JVM: the child would have one thread of many, and their locks.
 *
 * <pre>{@code
 * int pid = Spawn.start("/usr/bin/cat", List.of("cat"), List.of(), List.of(new Onto(fd, 0)));
 * }</pre>
 *
 * <p>Any thread may call. The child must be waited for, {@link Children}.
 */
public final class Spawn {
  /**
   * A descriptor of this process that becomes one of the program's.
   *
   * @param fd of this process
   * @param target its number in the program, as a rule 0, 1 or 2
   */
  public record Onto(int fd, int target) {}

  /** Size of a posix_spawn_file_actions_t. */
  static final int ACTIONS_BYTES = 80;

  /** Size of a posix_spawnattr_t. */
  static final int ATTRIBUTES_BYTES = 336;

  static final int POSIX_SPAWN_SETSIGDEF = 0x04;
  static final int POSIX_SPAWN_SETSIGMASK = 0x08;

  private static final String CLOSE_FROM = "posix_spawn_file_actions_addclosefrom_np";
  private static final int HIGHEST_SIGNAL = 64;
  private static final Charset NATIVE =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private Spawn() {}

  /**
   * Whether the C library can keep the program from inheriting descriptors: glibc 2.34 and newer.
   * Otherwise it inherits all that are not close-on-exec, as every one is that this module opens
   * with the flag for it.
   */
  public static boolean closesOthers() {
    return Native.has(CLOSE_FROM);
  }

  /**
   * Starts a program.
   *
   * @param program path of the file
   * @param arguments what the program gets as its arguments, its own name first
   * @param environment {@code "NAME=value"} each
   * @param descriptors put in place one after the other
   * @return the child's process id, or {@code -errno}: {@code -ENOENT} and {@code -EACCES} of the
   *     program, {@code -EBADF} of a descriptor
   * @throws IllegalArgumentException for a NUL character in a string
   */
  public static int start(
      String program, List<String> arguments, List<String> environment, List<Onto> descriptors) {
    try (Arena arena = Arena.ofConfined()) {
      long actions = arena.allocate(ACTIONS_BYTES, Long.BYTES).address();
      long attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES).address();
      long pid = arena.allocate(ValueLayout.JAVA_INT).address();
      long path = string(arena, program);
      long argv = array(arena, arguments);
      long envp = array(arena, environment);
      Calls.ACTIONS_INIT.once(actions);
      Calls.ATTRIBUTES_INIT.once(attributes);
      try {
        int error = addDescriptors(actions, descriptors);
        if (error == 0) {
          resetSignals(attributes, arena.allocate(Signals.SET_BYTES, Long.BYTES).address());
          error = Calls.POSIX_SPAWN.once(pid, path, actions, attributes, argv, envp);
        }
        return error == 0 ? Memory.getInt(pid) : -error; // these calls return the error, positive
      } finally {
        Calls.ATTRIBUTES_DESTROY.once(attributes);
        Calls.ACTIONS_DESTROY.once(actions);
      }
    }
  }

  private static int addDescriptors(long actions, List<Onto> descriptors) {
    int lowestOther = 0;
    for (Onto onto : descriptors) {
      int error = Calls.ADD_DUP2.once(actions, onto.fd(), onto.target());
      if (error != 0) {
        return error;
      }
      lowestOther = Math.max(lowestOther, onto.target() + 1);
    }
    return closesOthers() ? SystemCall.of(CLOSE_FROM).once(actions, lowestOther) : 0;
  }

  private static void resetSignals(long attributes, long set) {
    Calls.SET_MASK.once(attributes, set);
    for (int signal = 1; signal <= HIGHEST_SIGNAL; signal++) {
      Signals.add(set, signal);
    }
    Calls.SET_DEFAULT.once(attributes, set);
    Calls.SET_FLAGS.once(attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }

  private static long string(Arena arena, String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a NUL character in: " + text);
    }
    return arena.allocateFrom(text, NATIVE).address();
  }

  /** Addresses of strings, and a null pointer behind them. */
  private static long array(Arena arena, List<String> strings) {
    long array = arena.allocate(ValueLayout.JAVA_LONG, strings.size() + 1L).address();
    for (int i = 0; i < strings.size(); i++) {
      Memory.putLong(array + (long) i * Long.BYTES, string(arena, strings.get(i)));
    }
    return array;
  }

  private static final class Calls {
    static final SystemCall POSIX_SPAWN = SystemCall.of("posix_spawn");
    static final SystemCall ACTIONS_INIT = SystemCall.of("posix_spawn_file_actions_init");
    static final SystemCall ACTIONS_DESTROY = SystemCall.of("posix_spawn_file_actions_destroy");
    static final SystemCall ADD_DUP2 = SystemCall.of("posix_spawn_file_actions_adddup2");
    static final SystemCall ATTRIBUTES_INIT = SystemCall.of("posix_spawnattr_init");
    static final SystemCall ATTRIBUTES_DESTROY = SystemCall.of("posix_spawnattr_destroy");
    static final SystemCall SET_FLAGS = SystemCall.of("posix_spawnattr_setflags");
    static final SystemCall SET_MASK = SystemCall.of("posix_spawnattr_setsigmask");
    static final SystemCall SET_DEFAULT = SystemCall.of("posix_spawnattr_setsigdefault");
  }
}
