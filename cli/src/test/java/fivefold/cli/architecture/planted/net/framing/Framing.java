package fivefold.cli.architecture.planted.net.framing;

/** A layer that stands on the API. */
public class Framing {}
