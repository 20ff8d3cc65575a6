package fivefold.codecs;

import fivefold.net.IoModel;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Each model that can run on this machine, and runs handlers of this process. */
final class AvailableModels implements ArgumentsProvider {
  @Override
  public Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    return IoModel.all().stream()
        .filter(IoModel::sharesMemory)
        .filter(model -> model.availability().isAvailable())
        .map(Arguments::of);
  }
}
