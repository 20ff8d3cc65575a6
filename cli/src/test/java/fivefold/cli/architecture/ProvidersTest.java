package fivefold.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor.Provides;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the class path Fivefold finds the same I/O models as on the module path. */
final class ProvidersTest {
  @ParameterizedTest
  @ValueSource(strings = {"fivefold.net.EngineProvider", "fivefold.net.loop.PollerFactory"})
  void areDeclaredForBothPaths(String service) throws IOException {
    Module net = ModuleLayer.boot().findModule("fivefold.net").orElseThrow();

    assertThat(declaredForTheClassPath(net, service))
        .isNotEmpty()
        .isEqualTo(declaredForTheModulePath(net, service));
  }

  private static Set<String> declaredForTheModulePath(Module net, String service) {
    Set<String> names = new TreeSet<>();
    for (Provides provides : net.getDescriptor().provides()) {
      if (provides.service().equals(service)) {
        names.addAll(provides.providers());
      }
    }
    return names;
  }

  private static Set<String> declaredForTheClassPath(Module net, String service)
      throws IOException {
    try (InputStream in = net.getResourceAsStream("META-INF/services/" + service)) {
      if (in == null) {
        return Set.of();
      }
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      return new TreeSet<>(lines.stream().map(String::strip).filter(l -> !l.isEmpty()).toList());
    }
  }
}
