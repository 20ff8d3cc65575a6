package fivefold.services;

import java.nio.ByteBuffer;

/**
 * Lends echo's own routine to the peers it is compared with, so that what differs is the input and
 * output. It stands in this package because the routine is not public.
 */
public final class PeerUpperCase {
  private PeerUpperCase() {}

  /** Changes a-z to A-Z from position to limit; the position stays. */
  public static void inPlace(ByteBuffer direct) {
    UpperCase.inPlace(direct);
  }
}
