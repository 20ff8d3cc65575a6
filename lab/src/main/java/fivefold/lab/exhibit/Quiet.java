package fivefold.lab.exhibit;

import fivefold.net.ServerListener;

/** Hears everything and says nothing: what an exhibit provokes is no news for the log. */
final class Quiet implements ServerListener {}
