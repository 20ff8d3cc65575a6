package fivefold.cli.architecture.planted.cli;

/** The topmost room. */
public class Cli {}
