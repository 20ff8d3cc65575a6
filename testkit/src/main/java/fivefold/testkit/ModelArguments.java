package fivefold.testkit;

import fivefold.net.IoModel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** The models of {@link EveryModel}. */
final class ModelArguments implements ArgumentsProvider, AnnotationConsumer<EveryModel> {
  private List<IoModel> only = List.of();
  private List<IoModel> except = List.of();
  private boolean datagrams;

  @Override
  public void accept(EveryModel annotation) {
    only = List.of(annotation.only());
    except = List.of(annotation.except());
    datagrams = annotation.datagrams();
  }

  @Override
  public Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    return wanted()
        .filter(model -> only.isEmpty() || only.contains(model))
        .filter(model -> !except.contains(model))
        .filter(model -> !datagrams || model.servesDatagrams())
        .map(Arguments::of);
  }

  private static Stream<IoModel> wanted() {
    String words = System.getProperty("fivefold.testkit.models", "");
    return words.isBlank()
        ? IoModel.all().stream()
        : Arrays.stream(words.split(",", -1)).map(IoModel::parse);
  }
}
