package fivefold.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor.Provides;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** On the class path Fivefold finds the same I/O models as on the module path. */
final class ProvidersTest {
  private static final String SERVICE = "fivefold.net.EngineProvider";

  @Test
  void areDeclaredForBothPaths() throws IOException {
    Module net = ModuleLayer.boot().findModule("fivefold.net").orElseThrow();

    assertThat(declaredForTheClassPath(net)).isEqualTo(declaredForTheModulePath(net));
  }

  private static Set<String> declaredForTheModulePath(Module net) {
    Set<String> names = new TreeSet<>();
    for (Provides provides : net.getDescriptor().provides()) {
      if (provides.service().equals(SERVICE)) {
        names.addAll(provides.providers());
      }
    }
    return names;
  }

  private static Set<String> declaredForTheClassPath(Module net) throws IOException {
    try (InputStream in = net.getResourceAsStream("META-INF/services/" + SERVICE)) {
      if (in == null) {
        return Set.of();
      }
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      return new TreeSet<>(lines.stream().map(String::strip).filter(l -> !l.isEmpty()).toList());
    }
  }
}
