package fivefold.cli.architecture.planted.lab;

import fivefold.cli.architecture.planted.cli.Cli;

/** Uses the room above. */
public class Lab {
  Class<?>[] breaches = {Cli.class};
}
