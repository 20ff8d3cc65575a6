package fivefold.cli.architecture.planted.cluster;

import fivefold.cli.architecture.planted.cli.Cli;

/** Uses a room above. */
public class Joint {
  Class<?>[] breaches = {Cli.class};
}
