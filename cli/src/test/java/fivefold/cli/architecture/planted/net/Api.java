package fivefold.cli.architecture.planted.net;

import fivefold.cli.architecture.planted.lab.Lab;
import fivefold.cli.architecture.planted.net.loop.Loop;
import org.assertj.core.api.Assertions;

/** Uses a room above, a library, and the loop that stands on it. */
public class Api {
  Class<?>[] breaches = {Lab.class, Assertions.class, Loop.class};
}
