package fivefold.cli;

import fivefold.net.IoModel;
import fivefold.net.ModelChoice;
import fivefold.net.ModelUnavailableException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the words of {@code --model} and {@code --require} ask for. */
final class ModelRequest {
  static final String AUTO = "auto";

  private ModelRequest() {}

  /**
   * Reads both.
   *
   * @param require a list of which one must be taken, with {@code auto} only
   * @throws ModelUnavailableException when none of the required models is available
   */
  static ModelChoice of(String model, @Nullable String require) throws ModelUnavailableException {
    boolean isAuto = isAuto(model);
    if (require == null) {
      return isAuto ? IoModel.auto() : named(parse(model));
    }
    if (!isAuto) {
      throw new UsageException(
          "--require is for --model auto, and the model "
              + model
              + " is named; leave one of the two out");
    }
    return IoModel.auto(Arrays.stream(require.split(",", -1)).map(ModelRequest::parse).toList());
  }

  /** One word, {@code auto} among them. */
  static IoModel oneOf(String word) {
    return isAuto(word) ? IoModel.auto().model() : parse(word);
  }

  private static boolean isAuto(String word) {
    return word.strip().toLowerCase(Locale.ROOT).equals(AUTO);
  }

  private static ModelChoice named(IoModel model) {
    return new ModelChoice(model, List.of(model), List.of());
  }

  private static IoModel parse(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    Optional<UnbuiltModels.Unbuilt> unbuilt = UnbuiltModels.find(word);
    if (unbuilt.isPresent()) {
      throw new UsageException(
          "model '"
              + word
              + "' is not there: "
              + unbuilt.get().reason()
              + "; see 'fivefold models' for what is");
    }
    try {
      return IoModel.parse(word);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage() + NearMiss.hint(word, words()), e);
    }
  }

  private static List<String> words() {
    return Stream.concat(Stream.of(AUTO), IoModel.all().stream().map(IoModel::word)).toList();
  }
}
