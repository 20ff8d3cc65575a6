package fivefold.sys;

/**
 * A seccomp(2) filter over the calling thread that lets some system calls fail, as the profile of a
 * container does. There is no way back, so a test sets it in a JVM of its own.
 */
final class SeccompFilter {
  private static final int PR_SET_SECCOMP = 22;
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int SECCOMP_MODE_FILTER = 2;
  private static final int SECCOMP_RET_ERRNO = 0x50000;
  private static final int SECCOMP_RET_ALLOW = 0x7FFF0000;
  private static final int BPF_LOAD_WORD = 0x20;
  private static final int BPF_JUMP_EQUAL = 0x15;
  private static final int BPF_RETURN = 0x06;
  private static final int INSTRUCTION_BYTES = 8;

  private SeccompFilter() {}

  /** Makes a system call of the calling thread fail from now on. */
  static void forbid(int systemCall, int errno) {
    long program = Memory.allocate(4L * INSTRUCTION_BYTES);
    put(program, 0, BPF_LOAD_WORD, 0, 0, 0); // seccomp_data.nr
    put(program, 1, BPF_JUMP_EQUAL, 0, 1, systemCall);
    put(program, 2, BPF_RETURN, 0, 0, SECCOMP_RET_ERRNO | errno);
    put(program, 3, BPF_RETURN, 0, 0, SECCOMP_RET_ALLOW);
    long sockFprog = Memory.allocate(16);
    Memory.putShort(sockFprog, (short) 4);
    Memory.putLong(sockFprog + 8, program);
    SystemCall prctl = SystemCall.of("prctl");
    prctl.once(PR_SET_NO_NEW_PRIVS, 1);
    int result = prctl.once(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, sockFprog);
    if (result < 0) {
      throw new AssertionError("seccomp: " + Errno.describe(result));
    }
  }

  private static void put(long program, int index, int code, int ifTrue, int ifFalse, int operand) {
    long instruction = program + (long) index * INSTRUCTION_BYTES;
    Memory.putShort(instruction, (short) code);
    Memory.putByte(instruction + 2, (byte) ifTrue);
    Memory.putByte(instruction + 3, (byte) ifFalse);
    Memory.putInt(instruction + 4, operand);
  }
}
