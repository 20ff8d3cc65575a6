package fivefold.net.loop;

import fivefold.net.Availability;
import fivefold.sys.Platform;

/** Whether mechanisms that need the system's own calls can run here. */
public final class NativeAvailability {
  private NativeAvailability() {}

  /** The answer of {@link Platform}, in the public form. */
  public static Availability get() {
    return Platform.unavailable()
        .map(NativeAvailability::unavailable)
        .orElseGet(Availability.Available::new);
  }

  /** Splits what {@code sys} says of the reason and the remedy, {@code reason: remedy}. */
  public static Availability unavailable(String reasonAndRemedy) {
    int colon = reasonAndRemedy.indexOf(": ");
    return colon < 0
        ? new Availability.Unavailable(reasonAndRemedy, "choose the model nio, thread or virtual")
        : new Availability.Unavailable(
            reasonAndRemedy.substring(0, colon), reasonAndRemedy.substring(colon + 2));
  }
}
