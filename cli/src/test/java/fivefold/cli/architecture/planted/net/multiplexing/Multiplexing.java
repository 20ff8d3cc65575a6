package fivefold.cli.architecture.planted.net.multiplexing;

/** A second model. */
public class Multiplexing {}
