package fivefold.net;

import java.io.IOException;

/** The model that was named cannot run here. The message says why and what to do. */
public final class ModelUnavailableException extends IOException {
  private static final long serialVersionUID = 1;

  ModelUnavailableException(IoModel model, Availability.Unavailable why) {
    super("model '" + model + "' is not available: " + why.reason() + "; " + why.remedy());
  }
}
