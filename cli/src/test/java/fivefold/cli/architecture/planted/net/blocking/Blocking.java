package fivefold.cli.architecture.planted.net.blocking;

import fivefold.cli.architecture.planted.net.framing.Framing;
import fivefold.cli.architecture.planted.net.multiplexing.Multiplexing;

/** Uses another model, and a layer that stands on the API. */
public class Blocking {
  Class<?>[] breaches = {Multiplexing.class, Framing.class};
}
