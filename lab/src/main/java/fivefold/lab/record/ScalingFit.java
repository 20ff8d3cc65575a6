package fivefold.lab.record;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Neil Gunther's Universal Scalability Law, fitted to a sweep: {@code X(N) = λN / (1 + σ(N-1) +
 * κN(N-1))}, where N are the connections and X the requests a second (<i>Guerrilla Capacity
 * Planning</i>, ch. 4-6).
 *
 * <p>{@code N/X} is linear in {@code N-1} and {@code N(N-1)}, so the least squares of the relative
 * errors are found without a search; coefficients below 0, which mean nothing, are held at 0.
 *
 * @param lambda requests a second of one connection
 * @param sigma contention: the share of the work that cannot be done at the same time
 * @param kappa coherence: what each pair of connections costs
 * @param residuals of each point: how far the law lies above it, relative to it
 */
public record ScalingFit(double lambda, double sigma, double kappa, List<Double> residuals) {
  /** Three numbers go through any three points. */
  public static final int LEAST_POINTS = 4;

  /** A law that is so far from the points on the average does not describe them. */
  public static final double MEANINGLESS_RESIDUAL = 0.25;

  private static final int COEFFICIENTS = 3;

  /**
   * Fits.
   *
   * @param connections different, at least 1
   * @param throughput at each, above 0
   * @return null when there are too few points
   */
  public static @Nullable ScalingFit of(double[] connections, double[] throughput) {
    if (connections.length < LEAST_POINTS) {
      return null;
    }
    ScalingFit best = null;
    for (int used = 1; used < 1 << COEFFICIENTS; used += 2) { // λ is always among them
      int mask = used;
      double[] coefficients = solve(connections, throughput, i -> (mask >> i & 1) == 1);
      if (coefficients != null) {
        ScalingFit fit = fit(coefficients, connections, throughput);
        if (best == null || fit.rootMeanSquare() < best.rootMeanSquare()) {
          best = fit;
        }
      }
    }
    return best;
  }

  private static ScalingFit fit(double[] coefficients, double[] connections, double[] throughput) {
    double lambda = 1 / coefficients[0];
    double sigma = coefficients[1] * lambda;
    double kappa = coefficients[2] * lambda;
    List<Double> residuals = new ArrayList<>();
    for (int i = 0; i < connections.length; i++) {
      residuals.add(at(lambda, sigma, kappa, connections[i]) / throughput[i] - 1);
    }
    return new ScalingFit(lambda, sigma, kappa, residuals);
  }

  private static double regressor(int coefficient, double n) {
    return switch (coefficient) {
      case 0 -> 1;
      case 1 -> n - 1;
      default -> n * (n - 1);
    };
  }

  /** The normal equations of those coefficients; null when one comes out below 0, or none does. */
  private static double @Nullable [] solve(
      double[] connections, double[] throughput, IntPredicate used) {
    double[][] rows = new double[COEFFICIENTS][COEFFICIENTS + 1];
    double[] scale = new double[COEFFICIENTS];
    for (int i = 0; i < COEFFICIENTS; i++) {
      for (double n : connections) {
        scale[i] = Math.max(scale[i], regressor(i, n));
      }
    }
    for (int point = 0; point < connections.length; point++) {
      double y = connections[point] / throughput[point];
      for (int i = 0; i < COEFFICIENTS; i++) {
        double x = used.test(i) ? regressor(i, connections[point]) / scale[i] / y : 0;
        for (int j = 0; j < COEFFICIENTS; j++) {
          rows[i][j] += used.test(j) ? x * regressor(j, connections[point]) / scale[j] / y : 0;
        }
        rows[i][COEFFICIENTS] += x;
      }
    }
    for (int i = 0; i < COEFFICIENTS; i++) {
      rows[i][i] = used.test(i) ? rows[i][i] : 1;
    }
    double[] solution = eliminate(rows);
    for (int i = 0; i < COEFFICIENTS; i++) {
      solution[i] /= scale[i];
      if (!(solution[i] >= 0)) {
        return null;
      }
    }
    return solution[0] > 0 ? solution : null;
  }

  /** Gauss and Jordan, with the largest pivot. */
  private static double[] eliminate(double[][] rows) {
    for (int column = 0; column < COEFFICIENTS; column++) {
      int pivot = column;
      for (int i = column + 1; i < COEFFICIENTS; i++) {
        pivot = Math.abs(rows[i][column]) > Math.abs(rows[pivot][column]) ? i : pivot;
      }
      double[] swapped = rows[pivot];
      rows[pivot] = rows[column];
      rows[column] = swapped;
      for (int i = 0; i < COEFFICIENTS; i++) {
        double factor = i == column ? 0 : rows[i][column] / rows[column][column];
        for (int j = column; j <= COEFFICIENTS && factor != 0; j++) {
          rows[i][j] -= factor * rows[column][j];
        }
      }
    }
    double[] solution = new double[COEFFICIENTS];
    for (int i = 0; i < COEFFICIENTS; i++) {
      solution[i] = rows[i][COEFFICIENTS] / rows[i][i];
    }
    return solution;
  }

  /** What the law says for so many connections. */
  public double at(double connections) {
    return at(lambda, sigma, kappa, connections);
  }

  private static double at(double lambda, double sigma, double kappa, double n) {
    return lambda * n / (1 + sigma * (n - 1) + kappa * n * (n - 1));
  }

  /** Where throughput is highest; infinite when it never falls again. */
  public double peakConnections() {
    return kappa == 0 ? Double.POSITIVE_INFINITY : Math.sqrt(Math.max(0, 1 - sigma) / kappa);
  }

  /** The most that the law allows; infinite when nothing limits it. */
  public double mostRequestsPerSecond() {
    if (kappa > 0) {
      return at(Math.max(1, peakConnections()));
    }
    return sigma > 0 ? lambda / sigma : Double.POSITIVE_INFINITY;
  }

  /** Of the relative residuals. */
  public double rootMeanSquare() {
    double squares = residuals.stream().mapToDouble(each -> each * each).sum();
    return Math.sqrt(squares / residuals.size());
  }

  /** The law is too far from the points. */
  public boolean isMeaningless() {
    return !(rootMeanSquare() <= MEANINGLESS_RESIDUAL);
  }

  /** Throughput grew in proportion: there is no limit from which to tell what comes. */
  public boolean isUnlimited() {
    return sigma == 0 && kappa == 0;
  }
}
