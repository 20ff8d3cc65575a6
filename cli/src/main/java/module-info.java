import org.jspecify.annotations.NullMarked;

/** The command line. */
@NullMarked
module fivefold.cli {
  requires static org.jspecify;
  requires fivefold.cluster;
  requires fivefold.lab;
  requires fivefold.metrics;
  requires fivefold.services;
  requires fivefold.web;
  requires info.picocli;
  requires fivefold.sys;
  requires jdk.jfr; // else it is missing when a recording is asked for while a server runs
  requires jdk.unsupported; // signals: JLine reaches them by reflection
  requires org.jline;
  requires tools.jackson.core;

  opens fivefold.cli to
      info.picocli;

  provides System.LoggerFinder with
      fivefold.cli.log.LineLoggers,
      fivefold.cli.log.SecondLoggers;
}
