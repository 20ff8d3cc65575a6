package fivefold.net;

import java.io.IOException;

/** The model that was named cannot run here. The message says why and what to do. */
public final class ModelUnavailableException extends IOException {
  private static final long serialVersionUID = 1;

  ModelUnavailableException(IoModel model, Availability.Unavailable why) {
    this(model, why.reason(), why.remedy());
  }

  ModelUnavailableException(IoModel model, String reason, String remedy) {
    super("model '" + model + "' is not available: " + reason + "; " + remedy);
  }
}
