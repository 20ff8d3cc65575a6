package fivefold.lab.exhibit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process holds, from proc_pid_status(5).
 *
 * @param threads of the kernel; a virtual thread is none
 */
record OwnProcess(long threads, long residentBytes) {
  private static final long BETWEEN_LOOKS_NANOS = 20_000_000;
  private static final int LOOKS_LIMIT = 100;

  /** Once threads that were told to end have ended. */
  static OwnProcess settled() throws IOException {
    OwnProcess before = now();
    for (int i = 0; i < LOOKS_LIMIT; i++) {
      Feeder.rest(BETWEEN_LOOKS_NANOS);
      OwnProcess after = now();
      if (after.threads() >= before.threads()) {
        return after;
      }
      before = after;
    }
    return before;
  }

  static OwnProcess now() throws IOException {
    String status = Files.readString(Path.of("/proc/self/status"));
    return new OwnProcess(field(status, "Threads:"), field(status, "VmRSS:") * 1024);
  }

  private static long field(String status, String name) {
    int from = status.indexOf(name) + name.length();
    String rest = status.substring(from, status.indexOf('\n', from)).strip();
    return Long.parseLong(rest.split(" ", 2)[0]);
  }
}
