package fivefold.cli.architecture.planted.net.loop;

import fivefold.cli.architecture.planted.net.blocking.Blocking;

/** Uses a model. */
public class Loop {
  Class<?>[] breaches = {Blocking.class};
}
