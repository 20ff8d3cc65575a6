package fivefold.cli.log;

/**
 * Never used, only found. The JDK takes the first {@link System.LoggerFinder}, but asks for a
 * second one before: without an answer in the modules it opens every jar there is to look for one,
 * 30 ms of a start (JDK 25, {@code LoggerFinderLoader}).
 */
public final class SecondLoggers extends LineLoggers {}
