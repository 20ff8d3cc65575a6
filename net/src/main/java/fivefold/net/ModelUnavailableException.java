package fivefold.net;

import fivefold.net.ModelChoice.PassedOver;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** The model that was named cannot run here. The message says why and what to do. */
public final class ModelUnavailableException extends IOException {
  private static final long serialVersionUID = 1;

  ModelUnavailableException(IoModel model, Availability.Unavailable why) {
    this(model, why.reason(), why.remedy());
  }

  ModelUnavailableException(IoModel model, String reason, String remedy) {
    super("model '" + model + "' is not available: " + reason + "; " + remedy);
  }

  /** None of several can. */
  ModelUnavailableException(List<PassedOver> required) {
    super(
        "no required model is available: "
            + required.stream().map(PassedOver::toString).collect(Collectors.joining(" | ")));
  }
}
