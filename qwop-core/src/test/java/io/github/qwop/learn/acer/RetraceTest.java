package io.github.qwop.learn.acer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RetraceTest {

    private static final float[] REWARDS = {1, 2, 3};
    private static final double[] VALUES = {10, 20, 30, 40};

    private static double[] targets(boolean[] ended, double[] after, double[] taken, double[] ratios) {
        double[] targets = new double[REWARDS.length];
        Retrace.targets(REWARDS, ended, after, VALUES, taken, ratios, 0.5, targets);
        return targets;
    }

    /**
     * From behind: 3 + 40/2 = 23, of which a quarter is trusted: 30 + (23 − 33)/4 = 27.5; 2 + 27.5/2 = 15.75, trusted
     * wholly although twice as likely: 20 + (15.75 − 18) = 17.75; 1 + 17.75/2 = 9.875.
     */
    @Test
    void followsRewardsAsFarAsThePolicyWould() {
        assertThat(targets(new boolean[3], new double[3], new double[] {8, 18, 33}, new double[] {0.5, 2, 0.25}))
                .containsExactly(9.875, 15.75, 23);
    }

    @Test
    void nothingFlowsOverAnEnd() {
        double[] taken = {8, 18, 33};
        double[] ratios = {0.5, 2, 0.25};
        // 20 + (2 − 18) = 4.
        assertThat(targets(new boolean[] {false, true, false}, new double[3], taken, ratios))
                .containsExactly(3, 2, 23);
        // A time limit: what the last observation promises, 6, counts by half; 20 + (5 − 18) = 7.
        assertThat(targets(new boolean[] {false, true, false}, new double[] {0, 6, 0}, taken, ratios))
                .containsExactly(4.5, 5, 23);
    }

    @Test
    void isTheReturnWhereThePolicyPlayedItself() {
        double[] targets = targets(new boolean[3], new double[3], new double[] {10, 20, 30}, new double[] {1, 1, 1});
        assertThat(targets[0]).isCloseTo(1 + 0.5 * 2 + 0.25 * 3 + 0.125 * 40, within(1e-12));
    }
}
