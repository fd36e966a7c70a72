package io.github.qwop.learn.dqn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MarginLossTest {

    private static final double MARGIN = 0.8;

    /** The loss as it is published. */
    private static double literal(double[] values, int demonstrated) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int a = 0; a < values.length; a++) {
            largest = Math.max(largest, values[a] + (a == demonstrated ? 0 : MARGIN));
        }
        return largest - values[demonstrated];
    }

    @Test
    void knownValues() {
        MarginLoss loss = new MarginLoss(3, MARGIN);
        float[] gradient = new float[6];
        Arrays.fill(gradient, 9);
        float[] values = {7, 7, 7, 1, 2, 1.5f};
        assertThat(loss.differentiate(values, 3, 0, 0.5, gradient)).isCloseTo(1.8, within(1e-12));
        assertThat(gradient).containsExactly(9, 9, 9, -0.5f, 0.5f, 0);
        assertThat(loss.differentiate(values, 3, 1, 0.5, gradient))
                .as("1.5 comes within the margin of 2")
                .isCloseTo(0.3, within(1e-12));
        assertThat(gradient).containsExactly(9, 9, 9, 0, -0.5f, 0.5f);
        assertThat(loss.differentiate(new float[] {3, 1, 2}, 0, 0, 1, gradient)).isZero();
        assertThat(gradient).startsWith(0, 0, 0);
        assertThat(loss.differentiate(values, 0, 2, 1, gradient))
                .as("of equals, the demonstrated one must lead")
                .isCloseTo(MARGIN, within(1e-12));
    }

    @Property(tries = 200)
    void lossAndGradientAreThePublishedOnes(
            @ForAll @Size(5) float[] values, @ForAll @IntRange(max = 4) int demonstrated) {
        float[] gradient = new float[5];
        double[] point = new double[5];
        for (int a = 0; a < 5; a++) {
            values[a] %= 3;
            point[a] = values[a];
        }
        double loss = new MarginLoss(5, MARGIN).differentiate(values, 0, demonstrated, 2, gradient);
        assertThat(loss).isCloseTo(literal(point, demonstrated), within(1e-9));
        double h = 1e-6;
        for (int a = 0; a < 5; a++) {
            double at = point[a];
            double here = literal(point, demonstrated);
            point[a] = at + h;
            double above = (literal(point, demonstrated) - here) / h;
            point[a] = at - h;
            double below = (here - literal(point, demonstrated)) / h;
            point[a] = at;
            // At a kink, where two actions are equally large, any slope between both sides is a gradient.
            assertThat((double) gradient[a])
                    .isBetween(2 * Math.min(above, below) - 1e-4, 2 * Math.max(above, below) + 1e-4);
        }
    }
}
