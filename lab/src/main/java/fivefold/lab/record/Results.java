package fivefold.lab.record;

import java.util.List;

/**
 * All of one comparison: the content of {@code results.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param fivefold the version of Fivefold that measured
 * @param complete false when it was stopped early
 * @param warnings what makes the figures less certain, and what to do about it
 */
public record Results(
    int schema,
    String fivefold,
    boolean complete,
    Machine machine,
    Settings settings,
    List<String> warnings,
    List<Row> rows) {

  /** The version written now. */
  public static final int SCHEMA = 1;
}
