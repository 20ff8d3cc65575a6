package fivefold.cli.log;

import java.lang.System.Logger;
import java.lang.System.LoggerFinder;

/** Gives everything in this process that logs its part of {@link LogOutput}. */
public class LineLoggers extends LoggerFinder {
  @Override
  public Logger getLogger(String name, Module module) {
    return new LineLogger(name);
  }
}
