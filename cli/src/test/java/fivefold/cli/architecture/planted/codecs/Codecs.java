package fivefold.cli.architecture.planted.codecs;

import fivefold.cli.architecture.planted.services.Service;

/** A bridge for one service. */
record Codecs(Service service) {}
