package fivefold.lab.report;

import fivefold.lab.record.Machine;
import fivefold.lab.record.Results;
import fivefold.lab.record.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What besides the servers may be why two results differ. */
final class Circumstances {
  /** Of one machine, from one start to the next. */
  private static final double MEMORY_SLACK = 0.02;

  private Circumstances() {}

  /** In one line; nothing when they are the same, as far as is known. */
  static Optional<Text> difference(Results before, Results now) {
    List<Text> parts = new ArrayList<>();
    machine(parts, before.machine(), now.machine());
    part(parts, Text.same("Fivefold"), before.fivefold(), now.fivefold());
    part(
        parts,
        new Text("version of results.json", "results.json 版本"),
        before.schema(),
        now.schema());
    settings(parts, settings(before), settings(now));
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    Text listed = parts.getFirst();
    for (Text part : parts.subList(1, parts.size())) {
      listed = listed.plus(new Text("; ", "；")).plus(part);
    }
    return Optional.of(
        Text.format(
            "warning: not measured under the same conditions: %s. A difference may come from that.",
            "警告：测量条件不同：%s。差异可能由此而来。", listed));
  }

  private static void machine(List<Text> parts, Machine before, Machine now) {
    part(parts, new Text("processor", "处理器"), before.cpu(), now.cpu());
    part(parts, new Text("cores", "核数"), before.cores(), now.cores());
    if (hasOtherMemory(before.memoryBytes(), now.memoryBytes())) {
      part(parts, new Text("memory", "内存"), mebibytes(before), mebibytes(now));
    }
    part(parts, new Text("system", "系统"), before.operatingSystem(), now.operatingSystem());
    part(parts, Text.same("JDK"), before.jdk(), now.jdk());
    part(parts, new Text("frequency governor", "调频策略"), before.governor(), now.governor());
  }

  private static boolean hasOtherMemory(@Nullable Long before, @Nullable Long now) {
    return before != null && now != null && Math.abs(before - now) > MEMORY_SLACK * now;
  }

  private static String mebibytes(Machine machine) {
    Long bytes = machine.memoryBytes();
    return bytes == null ? Numbers.NOT_MEASURED : (bytes >> 20) + " MiB";
  }

  private static Settings settings(Results results) {
    return results.points().getFirst().settings();
  }

  private static void settings(List<Text> parts, Settings before, Settings now) {
    part(parts, new Text("event loops", "事件循环"), before.loops(), now.loops());
    part(
        parts,
        new Text("server cores", "服务器所在核"),
        cores(before.serverCores()),
        cores(now.serverCores()));
    part(parts, new Text("load core", "负载所在核"), cores(before.loadCores()), cores(now.loadCores()));
  }

  private static Text cores(@Nullable String cores) {
    return cores == null ? new Text("not pinned", "未绑定") : Text.same(cores);
  }

  /** Where it is unknown of one of them, nothing is said. */
  private static void part(
      List<Text> parts, Text what, @Nullable Object before, @Nullable Object now) {
    if (before != null && now != null && !Objects.equals(before, now)) {
      parts.add(Text.format("%s %s, now %s", "%s：当时 %s，现在 %s", what, before, now));
    }
  }
}
