package fivefold.lab.exhibit.page;

import fivefold.lab.exhibit.Exhibit;
import fivefold.lab.exhibit.Outcome;
import fivefold.lab.record.Machine;

/**
 * A reader has been at an exhibit.
 *
 * @param guess the number of the guess, from 1; 0 for none
 * @param machine where it ran
 */
public record Visit(Exhibit exhibit, int guess, Outcome outcome, Machine machine) {
  /** Nobody was asked to guess. */
  public static final int NO_GUESS = 0;
}
