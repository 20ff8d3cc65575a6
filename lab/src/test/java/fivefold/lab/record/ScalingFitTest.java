package fivefold.lab.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ScalingFitTest {
  private static final double[] CONNECTIONS = {1, 10, 100, 1000, 10_000};

  private static ScalingFit fit(DoubleUnaryOperator throughput) {
    return Objects.requireNonNull(
        ScalingFit.of(CONNECTIONS, Arrays.stream(CONNECTIONS).map(throughput).toArray()));
  }

  @Test
  void theLawsOwnPointsGiveItsCoefficients() {
    ScalingFit fit = fit(n -> 20_000 * n / (1 + 0.05 * (n - 1) + 1e-6 * n * (n - 1)));
    assertThat(fit.lambda()).isCloseTo(20_000, Percentage.withPercentage(0.01));
    assertThat(fit.sigma()).isCloseTo(0.05, Percentage.withPercentage(0.01));
    assertThat(fit.kappa()).isCloseTo(1e-6, Percentage.withPercentage(0.01));
    assertThat(fit.peakConnections()).isCloseTo(974.7, within(1.0));
    assertThat(fit.mostRequestsPerSecond()).isCloseTo(fit.at(974.7), within(1.0));
    assertThat(fit.residuals()).allSatisfy(each -> assertThat(each).isCloseTo(0, within(1e-6)));
    assertThat(fit.isMeaningless()).isFalse();
  }

  @Test
  void noCoefficientIsBelowNothing() {
    // It grows faster than in proportion, which the law cannot.
    ScalingFit fit = fit(n -> 1000 * n * Math.sqrt(n));
    assertThat(fit.sigma()).isZero();
    assertThat(fit.kappa()).isZero();
    assertThat(fit.isUnlimited()).isTrue();
    assertThat(fit.mostRequestsPerSecond()).isInfinite();
  }

  @Test
  void whatOnlyContendsHasAnEndAndNoPeak() {
    ScalingFit fit = fit(n -> 10_000 * n / (1 + 0.1 * (n - 1)));
    assertThat(fit.kappa()).isCloseTo(0, within(1e-9));
    assertThat(fit.mostRequestsPerSecond()).isCloseTo(100_000, within(100.0));
  }

  @Test
  void pointsThatFollowNoLawAreSaidTo() {
    ScalingFit fit = fit(n -> n == 100 ? 100 : 50_000);
    assertThat(fit.isMeaningless()).isTrue();
  }

  @Test
  void threePointsAreTooFew() {
    assertThat(ScalingFit.of(new double[] {1, 2, 3}, new double[] {1, 2, 3})).isNull();
  }
}
