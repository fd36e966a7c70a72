package io.github.qwop.learn.dqn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.random.RandomStream;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QuantileHuberTest {

    /** The loss as it is published: all pairs, summed over current and averaged over target quantiles. */
    private static double literal(double[] current, float[] target) {
        int n = current.length;
        double loss = 0;
        for (int i = 0; i < n; i++) {
            double level = (i + 0.5) / n;
            for (float t : target) {
                double u = t - current[i];
                double huber = Math.abs(u) <= 1 ? u * u / 2 : Math.abs(u) - 0.5;
                loss += n == 1 ? huber : Math.abs(level - (u < 0 ? 1 : 0)) * huber;
            }
        }
        return loss / n;
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    @Property(tries = 200)
    void lossAndGradientAreThoseOfAllPairs(@ForAll @Size(7) float[] current, @ForAll @Size(7) float[] target) {
        check(folded(current), folded(target));
    }

    /** Values between −4 and 4: the range of an array's elements cannot be annotated. */
    private static float[] folded(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] %= 4;
        }
        return values;
    }

    @Test
    void equalAndFarQuantiles() {
        check(new float[] {1, 1, 1, 1}, new float[] {1, 1, 1, 1});
        check(new float[] {0, 1, -1, 0}, new float[] {0, -1, 1, 2});
        check(new float[] {1000, -1000, 0}, new float[] {-1000, 1000, 0});
        check(new float[] {0.5f}, new float[] {3});
    }

    private static void check(float[] current, float[] target) {
        int n = current.length;
        QuantileHuber loss = new QuantileHuber(n);
        float[] gradient = new float[n];
        double value = loss.differentiate(current, 0, target, 0, 1, gradient);
        double[] point = widened(current);
        double expected = literal(point, target);
        assertThat(value).isCloseTo(expected, within(1e-5 * (1 + expected)));
        for (int i = 0; i < n; i++) {
            double h = 1e-5;
            double at = point[i];
            point[i] = at + h;
            double above = literal(point, target);
            point[i] = at - h;
            double below = literal(point, target);
            point[i] = at;
            // Where a current quantile meets a target the loss has a kink of the level's two slopes, both 0 there.
            assertThat((double) gradient[i]).isCloseTo((above - below) / (2 * h), within(1e-4 * (1 + expected)));
        }
    }

    /**
     * As many quantiles as QR-DQN has by default, which lie near each other and far apart. The literal gradient is a
     * sum of 200 terms in double precision, so that ours may differ from it by no more than its own rounding to a
     * float.
     */
    @Test
    void lossAndGradientOfTwoHundredQuantilesAreExactButForTheirRounding() {
        int n = 200;
        QuantileHuber loss = new QuantileHuber(n);
        RandomStream random = RandomStream.of(1, "quantiles");
        for (double spread : new double[] {0.01, 1, 10, 1000}) {
            float[] current = new float[3 * n];
            float[] target = new float[2 * n];
            for (int i = 0; i < current.length; i++) {
                current[i] = (float) (spread * random.nextGaussian());
            }
            for (int i = 0; i < target.length; i++) {
                // Equal to a current one now and then.
                target[i] = i % 7 == 0 ? current[i] : (float) (0.3 + spread * random.nextGaussian());
            }
            float[] gradient = new float[current.length];
            double value = loss.differentiate(current, 2 * n, target, n, 0.5f, gradient);
            double[] point = widened(Arrays.copyOfRange(current, 2 * n, 3 * n));
            float[] targets = Arrays.copyOfRange(target, n, 2 * n);
            double expected = literal(point, targets);
            assertThat(value).as("loss at spread %s", spread).isCloseTo(expected, within(1e-9 * expected));
            for (int i = 0; i < n; i++) {
                double level = (i + 0.5) / n;
                double slope = 0;
                for (float t : targets) {
                    double u = t - point[i];
                    slope -= Math.abs(level - (u < 0 ? 1 : 0)) * Math.max(-1, Math.min(u, 1)) / n;
                }
                assertThat((double) gradient[2 * n + i])
                        .as("slope of quantile %d at spread %s", i, spread)
                        .isCloseTo(0.5 * slope, within(6e-8 * Math.abs(0.5 * slope) + 1e-11));
            }
            assertThat(Arrays.copyOf(gradient, 2 * n))
                    .as("what is of other samples")
                    .containsOnly(0);
        }
    }

    @Test
    void weightsScaleTheGradientAlone() {
        float[] current = {0, 1, 2};
        float[] target = {2, 3, 4};
        float[] once = new float[3];
        float[] thrice = new float[3];
        QuantileHuber loss = new QuantileHuber(3);
        double value = loss.differentiate(current, 0, target, 0, 1, once);
        assertThat(loss.differentiate(current, 0, target, 0, 3, thrice)).isEqualTo(value);
        for (int i = 0; i < 3; i++) {
            assertThat(thrice[i]).isCloseTo(3 * once[i], within(1e-6f));
        }
    }
}
