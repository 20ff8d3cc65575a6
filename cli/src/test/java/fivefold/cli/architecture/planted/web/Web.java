package fivefold.cli.architecture.planted.web;

import fivefold.cli.architecture.planted.cli.Cli;

/** Uses a room above. */
record Web(Cli cli) {}
