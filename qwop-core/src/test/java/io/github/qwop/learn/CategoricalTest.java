package io.github.qwop.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.random.RandomStream;
import org.junit.jupiter.api.Test;

class CategoricalTest {

    /** Probabilities 1/4, 1/2, 1/4, read from index 1. */
    private static Categorical quarterHalfQuarter() {
        Categorical distribution = new Categorical(3);
        distribution.read(new float[] {99, 5, 5 + (float) Math.log(2), 5}, 1);
        return distribution;
    }

    @Test
    void probabilitiesAreTheSoftmax() {
        Categorical distribution = quarterHalfQuarter();
        assertThat(distribution.logProbability(0)).isCloseTo(Math.log(0.25), within(1e-6));
        assertThat(distribution.logProbability(1)).isCloseTo(Math.log(0.5), within(1e-6));
        assertThat(distribution.entropy()).isCloseTo(1.5 * Math.log(2), within(1e-6));
    }

    @Test
    void largeLogitsDoNotOverflow() {
        Categorical distribution = new Categorical(3);
        distribution.read(new float[] {1000, 1000, -1000}, 0);
        assertThat(distribution.logProbability(0)).isCloseTo(Math.log(0.5), within(1e-9));
        assertThat(distribution.logProbability(2)).isCloseTo(-2000 + Math.log(0.5), within(1e-9));
        assertThat(distribution.entropy()).isCloseTo(Math.log(2), within(1e-9));
    }

    @Test
    void actionsAreDrawnByTheirProbability() {
        Categorical distribution = quarterHalfQuarter();
        RandomStream random = RandomStream.of(1, "exploration");
        int[] drawn = new int[3];
        for (int i = 0; i < 4000; i++) {
            drawn[distribution.draw(random)]++;
        }
        // Standard deviations are 27 and 32.
        assertThat(drawn[0]).isBetween(900, 1100);
        assertThat(drawn[1]).isBetween(1870, 2130);
    }

    @Test
    void theGradientIsInClosedForm() {
        Categorical distribution = quarterHalfQuarter();
        float[] gradient = new float[4];
        distribution.differentiate(1, 2, 0, gradient, 1);
        assertThat(gradient).containsExactly(new float[] {0, -0.5f, 1, -0.5f}, within(1e-6f));
        // −p (ln p + H): the entropy grows where likely actions become less so.
        distribution.differentiate(1, 0, 4, gradient, 1);
        float expected = (float) (-4 * 0.25 * (Math.log(0.25) + 1.5 * Math.log(2)));
        assertThat(gradient).containsExactly(new float[] {0, expected, -2 * expected, expected}, within(1e-6f));
    }
}
