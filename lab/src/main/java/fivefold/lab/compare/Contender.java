package fivefold.lab.compare;

import java.util.List;

/**
 * A server to be compared: one row.
 *
 * @param name tells it from the others
 * @param model the word for its I/O model
 * @param family the textbook's name for that
 * @param command starts it
 * @param port of 127.0.0.1 on which it will listen; 0 when it prints a line with {@code
 *     127.0.0.1:PORT}, as Fivefold does
 * @param descriptorLimit the lowest descriptor number it cannot use, as select(2) cannot 1024; 0
 *     when there is none
 * @param connectionLimit how many connections it is given at most; 0 for all
 * @param notes what a reader must know about this row
 */
public record Contender(
    String name,
    String model,
    String family,
    List<String> command,
    int port,
    int descriptorLimit,
    int connectionLimit,
    List<String> notes) {

  /** One that is given as many connections as all others. */
  public Contender(
      String name,
      String model,
      String family,
      List<String> command,
      int descriptorLimit,
      List<String> notes) {
    this(name, model, family, command, 0, descriptorLimit, 0, notes);
  }

  /** The same, started by another command and with other notes. */
  public Contender with(List<String> otherCommand, List<String> otherNotes) {
    return new Contender(
        name,
        model,
        family,
        List.copyOf(otherCommand),
        port,
        descriptorLimit,
        connectionLimit,
        List.copyOf(otherNotes));
  }
}
