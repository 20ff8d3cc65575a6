package fivefold.cli;

import fivefold.net.Availability.Unavailable;
import fivefold.net.IoModel;
import java.util.ArrayList;
import java.util.List;

/**
 * The models to compare.
 *
 * @param models in the order of the rows
 * @param leftOut why others are not among them
 */
record CompareModels(List<IoModel> models, List<String> leftOut) {
  private static final String ALL = "all";

  /**
   * Reads {@code all} or a list. A model that is named must be available; of all, those that are.
   *
   * @throws UsageException for a word that is no model
   * @throws FailureException for one that cannot run here
   */
  static CompareModels of(String words) {
    return words.equals(ALL) ? available() : named(words);
  }

  private static CompareModels available() {
    List<IoModel> models = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    for (IoModel model : IoModel.all()) {
      if (model.availability() instanceof Unavailable why) {
        leftOut.add(model + " is not available here and was left out: " + why.reason());
      } else {
        models.add(model);
      }
    }
    return new CompareModels(models, leftOut);
  }

  private static CompareModels named(String words) {
    List<IoModel> models = new ArrayList<>();
    for (String word : words.split(",", -1)) {
      if (word.equals(ALL)) {
        throw new UsageException("--models " + words + ": 'all' stands alone");
      }
      IoModel model = ModelRequest.oneOf(word);
      if (model.availability() instanceof Unavailable why) {
        throw new FailureException(
            "model " + model + " is not available here: " + why.reason() + "; " + why.remedy());
      }
      models.add(model);
    }
    return new CompareModels(models, List.of());
  }
}
