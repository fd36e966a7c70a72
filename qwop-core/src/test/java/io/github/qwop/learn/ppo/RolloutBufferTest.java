package io.github.qwop.learn.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RolloutBufferTest {

    private static final boolean[] NO = {false};
    private static final boolean[] YES = {true};

    /** An observation's value is ten times the observation. */
    private static void tenfold(float[] observations, int count, float[] values) {
        for (int i = 0; i < count; i++) {
            values[i] = 10 * observations[i];
        }
    }

    private static void add(RolloutBuffer buffer, float seen, float reward, boolean[] terminated, boolean[] truncated) {
        buffer.addDecisions(new float[] {seen}, new int[] {0}, new float[] {0});
        buffer.addOutcomes(new float[] {reward}, terminated, truncated, new float[] {0.7f});
    }

    private static Minibatch all(RolloutBuffer buffer) {
        int[] order = new int[buffer.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        Minibatch batch = new Minibatch(order.length, 1, 0);
        buffer.read(order, 0, order.length, batch);
        return batch;
    }

    @Test
    void advantagesAreTheExponentialMeanOfErrors() {
        RolloutBuffer buffer = new RolloutBuffer(3, 1, 1, 0);
        add(buffer, 0.1f, 1, NO, NO);
        add(buffer, 0.2f, 2, NO, NO);
        add(buffer, 0.3f, 3, NO, NO);
        assertThat(buffer.isFull()).isTrue();
        buffer.estimate(RolloutBufferTest::tenfold, new float[] {0.4f}, 0.5, 0.8);
        // Errors r + γV' − V: 1 + 0.5·2 − 1 = 1, 2 + 0.5·3 − 2 = 1.5, 3 + 0.5·4 − 3 = 2; decay γλ = 0.4.
        Minibatch batch = all(buffer);
        assertThat(batch.advantages[2]).isCloseTo(2f, within(1e-6f));
        assertThat(batch.advantages[1]).isCloseTo(1.5f + 0.4f * 2, within(1e-6f));
        assertThat(batch.advantages[0]).isCloseTo(1 + 0.4f * 2.3f, within(1e-6f));
        assertThat(batch.returns[0]).isCloseTo(1.92f + 1, within(1e-6f));
        assertThat(batch.values).containsExactly(1, 2, 3);
    }

    @Test
    void anEpisodesEndBootstrapsNothingAndATimeLimitItsLastObservation() {
        RolloutBuffer buffer = new RolloutBuffer(3, 1, 1, 0);
        add(buffer, 0.1f, 1, YES, NO);
        add(buffer, 0.2f, 2, NO, YES);
        add(buffer, 0.3f, 3, NO, NO);
        buffer.estimate(RolloutBufferTest::tenfold, new float[] {0.4f}, 0.5, 0.8);
        Minibatch batch = all(buffer);
        assertThat(batch.returns[0]).isCloseTo(1f, within(1e-6f));
        // The last observation of the episode that was cut off is 0.7, hence worth 7.
        assertThat(batch.returns[1]).isCloseTo(2 + 0.5f * 7, within(1e-6f));
        assertThat(batch.returns[2]).isCloseTo(3 + 0.5f * 4, within(1e-6f));
    }

    @Test
    void manyCutEpisodesKeepTheirOwnLastObservation() {
        int rows = 40;
        RolloutBuffer buffer = new RolloutBuffer(rows, 2, 1, 0);
        for (int r = 0; r < rows; r++) {
            buffer.addDecisions(new float[] {0, 0}, new int[] {0, 0}, new float[] {0, 0});
            buffer.addOutcomes(
                    new float[] {0, 0}, new boolean[2], new boolean[] {true, r % 2 == 0}, new float[] {r, -r});
        }
        buffer.estimate(RolloutBufferTest::tenfold, new float[] {0, 0}, 1, 1);
        Minibatch batch = all(buffer);
        assertThat(batch.returns[2 * 39]).isEqualTo(390);
        assertThat(batch.returns[2 * 38 + 1]).isEqualTo(-380);
        assertThat(batch.returns[2 * 39 + 1]).isZero();
        assertThat(batch.returns[2 * 37 + 1]).isEqualTo(-380);
    }

    @Test
    void environmentsDoNotMix() {
        RolloutBuffer buffer = new RolloutBuffer(2, 2, 1, 0);
        for (int r = 0; r < 2; r++) {
            buffer.addDecisions(new float[] {0.1f, 0.5f}, new int[] {3, 4}, new float[] {-1, -2});
            buffer.addOutcomes(new float[] {1, 100}, new boolean[2], new boolean[2], new float[2]);
        }
        buffer.estimate(RolloutBufferTest::tenfold, new float[] {0.2f, 0.6f}, 1, 1);
        Minibatch batch = all(buffer);
        assertThat(batch.returns).containsExactly(1 + 1 + 2, 100 + 100 + 6, 1 + 2, 100 + 6);
        assertThat(batch.actions).containsExactly(3, 4, 3, 4);
        assertThat(batch.logProbabilities).containsExactly(-1, -2, -1, -2);
        assertThat(batch.observations.values().get(3)).isEqualTo(0.5f);
    }

    @Test
    void explainedVarianceIsThatOfTheReturns() {
        RolloutBuffer buffer = new RolloutBuffer(2, 1, 1, 0);
        add(buffer, 0.1f, 3, YES, NO);
        add(buffer, 0.4f, 5, YES, NO);
        buffer.estimate(RolloutBufferTest::tenfold, new float[] {0}, 1, 1);
        // Returns 3 and 5, values 1 and 4: errors 2 and 1 vary by 0.25, returns by 1.
        assertThat(buffer.explainedVariance()).isCloseTo(0.75, within(1e-9));
    }

    @Test
    void normalisedAdvantagesHaveMeanZeroAndSampleDeviationOne() {
        Minibatch batch = new Minibatch(3, 1, 0);
        batch.count = 3;
        batch.advantages[0] = 1;
        batch.advantages[1] = 2;
        batch.advantages[2] = 6;
        batch.normalizeAdvantages();
        double deviation = Math.sqrt((4 + 1 + 9) / 2.0);
        assertThat(batch.advantages[0]).isCloseTo((float) (-2 / deviation), within(1e-6f));
        assertThat(batch.advantages[2]).isCloseTo((float) (3 / deviation), within(1e-6f));
        batch.count = 1;
        batch.advantages[0] = 5;
        batch.normalizeAdvantages();
        assertThat(batch.advantages[0]).isEqualTo(5);
    }
}
