package fivefold.lab.exhibit;

import java.io.IOException;

/**
 * One claim about I/O models that is run, not told. Its words are in {@code NAME.en.properties} and
 * {@code NAME.zh.properties}: a question, guesses, and what to say of each outcome.
 *
 * <p>A run takes a few seconds at most, uses the loopback address alone, and leaves nothing behind.
 */
public interface Exhibit {

  /** Its name on the command line, such as {@code busy-polling}. */
  String name();

  /**
   * Runs it, and says what was measured; also when that is not what was claimed.
   *
   * @throws IOException when the machine refuses what the run needs
   */
  Outcome run(Scale scale) throws IOException, InterruptedException;
}
