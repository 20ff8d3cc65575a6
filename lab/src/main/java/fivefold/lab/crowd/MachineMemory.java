package fivefold.lab.crowd;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What Linux tells of the whole machine in /proc, proc(5). */
final class MachineMemory {
  private MachineMemory() {}

  /** What can still be had without swapping. */
  static long availableBytes() {
    return field(read("/proc/meminfo"), "MemAvailable:") * 1024;
  }

  /**
   * What the kernel itself holds: all that is neither free, nor a file's, nor a process's. So the
   * memory of sockets is in it wherever the kernel has taken it from.
   */
  static long kernelBytes() {
    String info = read("/proc/meminfo");
    long others =
        field(info, "MemFree:")
            + field(info, "Buffers:")
            + field(info, "Cached:")
            + field(info, "SwapCached:")
            + field(info, "AnonPages:");
    return (field(info, "MemTotal:") - others) * 1024;
  }

  /** Files that are open, those of direct descriptors among them. */
  static long openFiles() {
    return Long.parseLong(read("/proc/sys/fs/file-nr").strip().split("\\s+", -1)[0]);
  }

  static long mostFiles() {
    return Long.parseLong(read("/proc/sys/fs/file-max").strip());
  }

  /** TCP sockets that are there, those in TIME_WAIT left out. */
  static long tcpSockets() {
    for (String line : read("/proc/net/sockstat").split("\n", -1)) {
      if (line.startsWith("TCP:")) {
        String[] words = line.split(" ", -1);
        return Long.parseLong(words[8]);
      }
    }
    return 0;
  }

  static long field(String text, String name) {
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.substring(name.length()).strip().split(" ", 2)[0]);
      }
    }
    return 0;
  }

  /** Not by Files.readString: see {@code SystemFiles}. */
  static String read(String file) {
    try (FileInputStream in = new FileInputStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
