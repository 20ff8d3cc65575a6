package fivefold.lab.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The JDK, its leave to make native calls, and the cache that makes starts short. */
record JavaFindings(SystemFiles files, JavaRuntime java) {
  static final String TITLE = "Java";

  private static final String CACHE = "AOT cache";
  private static final String CACHE_FLAG = "-XX:AOTCache=";
  private static final Mend REBUILD = Mend.command("./mvnw -Dquick -pl cli -am package");

  List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("JDK", java.version(), java.vendor()));
    findings.add(nativeAccess());
    if (files.exists("proc/self/cmdline")) {
      findings.add(cache());
    }
    return findings;
  }

  private Finding nativeAccess() {
    String name = "native access";
    Mend mend =
        Mend.command(
            "export JDK_JAVA_OPTIONS=--enable-native-access=fivefold.sys  # on the class path:"
                + " ALL-UNNAMED");
    return switch (java.nativeAccess()) {
      case GRANTED -> Finding.ok(name, "granted", "the models may call the system themselves");
      case WITH_A_WARNING ->
          Finding.note(name, "not granted", "native calls work, and print a warning", mend);
      case DENIED ->
          Finding.problem(
              name, "denied", "only thread, pool, virtual and nio run; the others need it", mend);
    };
  }

  private Finding cache() {
    Optional<String> cache =
        Stream.of(files.text("proc/self/cmdline").orElse("").split("\0", -1))
            .filter(word -> word.startsWith(CACHE_FLAG))
            .map(word -> word.substring(CACHE_FLAG.length()))
            .findFirst();
    if (cache.isEmpty()) {
      return Finding.note(
          CACHE, "not asked for", "starts take longer; ./fivefold starts with the cache");
    }
    if (!files.exists(cache.get())) {
      return Finding.note(CACHE, "not there", "starts take about twice as long", REBUILD);
    }
    return java.vmInfo().contains("sharing")
        ? Finding.ok(CACHE, "in use", "starts take about half as long")
        : Finding.note(
            CACHE,
            "refused",
            "made by another JDK or with other flags; starts take about twice as long",
            REBUILD);
  }
}
