package fivefold.lab.exhibit;

import java.util.List;

/**
 * What a run has shown.
 *
 * @param shown whether it showed what the exhibit claims
 * @param answer the number of the guess that this run bears out, from 1; 0 when it bears out none
 * @param findings what can be said, with the measured numbers in it
 * @param figures what was measured
 */
public record Outcome(boolean shown, int answer, List<Words> findings, List<Figure> figures) {
  public Outcome {
    findings = List.copyOf(findings);
    figures = List.copyOf(figures);
  }

  /**
   * The usual case. A claim that holds is told by the text of that name, with the guess it bears
   * out, and else by the text for the contrary; both have the same numbers.
   */
  static Outcome judged(boolean shown, int answer, Words numbers, List<Figure> figures) {
    return new Outcome(
        shown,
        shown ? answer : 0,
        List.of(new Words(shown ? "shows" : "shows-not", numbers.places())),
        figures);
  }

  /** Numbers for {@link #judged}, to be filled by {@link Words#with}. */
  static Words numbers() {
    return Words.of("");
  }
}
