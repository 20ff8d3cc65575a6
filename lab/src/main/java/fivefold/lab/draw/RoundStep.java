package fivefold.lab.draw;

/** Distances on an axis that are easily read. */
public final class RoundStep {
  private RoundStep() {}

  /** The least of 1, 2, 5, 10, 20 ... or 0.5, 0.2, 0.1 ... not below a number; 1 for 0 and less. */
  public static double notBelow(double least) {
    if (least <= 0) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= least) {
        return factor * power;
      }
    }
    return 10 * power;
  }
}
