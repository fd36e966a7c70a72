package io.github.qwop.learn.acer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.random.RandomStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AcerLossTest {

    private static final int ENVS = 2;
    private static final int STEPS = 3;
    private static final int ACTIONS = 3;
    private static final double TINY = 1e-6;

    /** Two trajectories, one over an end of the game, one over a time limit's. */
    private static Batch batch(RandomStream random) {
        Batch batch = new Batch(ENVS, STEPS, 1);
        for (int e = 0; e < ENVS; e++) {
            Trajectory trajectory = new Trajectory(STEPS, 1, ACTIONS);
            for (int t = 0; t < STEPS; t++) {
                trajectory.actions[t] = (byte) random.nextInt(ACTIONS);
                trajectory.rewards[t] = random.nextFloat();
                double[] played = softmax(numbers(random, ACTIONS, 1), 0);
                for (int a = 0; a < ACTIONS; a++) {
                    trajectory.probabilities[t * ACTIONS + a] = (float) played[a];
                }
            }
            batch.trajectories[e] = trajectory;
        }
        batch.trajectories[0].terminated[1] = true;
        batch.trajectories[1].truncated[0] = true;
        batch.trajectories[1].addLast(new float[1], 0);
        batch.layOut();
        return batch;
    }

    private static float[] numbers(RandomStream random, int count, double scale) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (scale * random.nextGaussian());
        }
        return numbers;
    }

    private static double[] softmax(float[] logits, int row) {
        double[] f = new double[ACTIONS];
        double sum = 0;
        for (int a = 0; a < ACTIONS; a++) {
            f[a] = Math.exp(logits[row * ACTIONS + a]);
            sum += f[a];
        }
        for (int a = 0; a < ACTIONS; a++) {
            f[a] /= sum;
        }
        return f;
    }

    private static double value(float[] logits, float[] values, int row) {
        double sum = 0;
        for (int a = 0; a < ACTIONS; a++) {
            sum += softmax(logits, row)[a] * values[row * ACTIONS + a];
        }
        return sum;
    }

    /** The loss at some logits and values, its weights and targets as they are at others, as the paper writes it. */
    private static double loss(
            Batch batch, float[] logits, float[] values, float[] fixedLogits, float[] fixedValues, AcerLoss.Weights w) {
        double loss = 0;
        for (int e = 0; e < ENVS; e++) {
            Trajectory one = batch.trajectories[e];
            double next = value(fixedLogits, fixedValues, batch.row(e, STEPS));
            for (int t = STEPS - 1; t >= 0; t--) {
                int row = batch.row(e, t);
                int action = one.actions[t];
                double[] f = softmax(logits, row);
                double[] fixed = softmax(fixedLogits, row);
                double v = value(fixedLogits, fixedValues, row);
                if (one.terminated[t]) {
                    next = 0;
                } else if (one.truncated[t]) {
                    next = value(fixedLogits, fixedValues, batch.rows - 1);
                }
                double target = one.rewards[t] + w.gamma() * next;
                double ratio = fixed[action] / (one.probabilities[t * ACTIONS + action] + TINY);
                next = Math.min(1, ratio) * (target - fixedValues[row * ACTIONS + action]) + v;

                loss -= Math.min(w.correctionTerm(), ratio) * (target - v) * Math.log(f[action] + TINY);
                for (int a = 0; a < ACTIONS; a++) {
                    double other = fixed[a] / (one.probabilities[t * ACTIONS + a] + TINY);
                    loss -= Math.max(0, 1 - w.correctionTerm() / (other + TINY))
                            * fixed[a]
                            * (fixedValues[row * ACTIONS + a] - v)
                            * Math.log(f[a] + TINY);
                    loss += w.entCoef() * f[a] * Math.log(f[a]);
                }
                double error = target - values[row * ACTIONS + action];
                loss += w.qCoef() * error * error / 2;
            }
        }
        return loss / (ENVS * STEPS);
    }

    @Test
    void theGradientIsThatOfTheLoss() {
        // Weights above 0.9 are cut: that is most of them.
        AcerLoss.Weights weights = new AcerLoss.Weights(0.9, 0.5, 0.03, 0.9, null);
        for (int seed = 0; seed < 5; seed++) {
            RandomStream random = RandomStream.of(seed, "loss");
            Batch batch = batch(random);
            float[] logits = numbers(random, batch.rows * ACTIONS, 1);
            float[] values = numbers(random, batch.rows * ACTIONS, 2);
            AcerLoss loss = new AcerLoss(ENVS, STEPS, ACTIONS);

            loss.differentiate(batch, logits, values, numbers(random, logits.length, 1), weights);

            assertThat(loss.loss).isCloseTo(loss(batch, logits, values, logits, values, weights), within(1e-6));
            assertThat(loss.correctionLoss).isNotZero();
            for (int i = 0; i < logits.length; i++) {
                double slope = slope(batch, logits, values, logits, i, weights);
                assertThat((double) loss.logitGradient[i]).isCloseTo(slope, within(2e-4));
                slope = slope(batch, logits, values, values, i, weights);
                assertThat((double) loss.valueGradient[i]).isCloseTo(slope, within(2e-4));
            }
        }
    }

    /** By how much the loss changes with one of the numbers. */
    private static double slope(
            Batch batch, float[] logits, float[] values, float[] moved, int i, AcerLoss.Weights weights) {
        double[] losses = new double[2];
        float[] steps = {-1e-2f, 1e-2f};
        float[] at = new float[2];
        for (int side = 0; side < 2; side++) {
            float[] other = moved.clone();
            other[i] += steps[side];
            at[side] = other[i];
            losses[side] = loss(
                    batch, moved == logits ? other : logits, moved == values ? other : values, logits, values, weights);
        }
        return (losses[1] - losses[0]) / (at[1] - at[0]);
    }

    /** One decision between two actions that are played evenly. */
    private static AcerLoss single(@Nullable Double delta, float[] logits, float[] averageLogits, double mostWeight) {
        Batch batch = new Batch(1, 1, 1);
        Trajectory trajectory = new Trajectory(1, 1, 2);
        trajectory.rewards[0] = 1;
        trajectory.terminated[0] = true;
        trajectory.probabilities[0] = 0.5f;
        trajectory.probabilities[1] = 0.5f;
        batch.trajectories[0] = trajectory;
        batch.layOut();
        AcerLoss loss = new AcerLoss(1, 1, 2);
        loss.differentiate(
                batch,
                logits,
                new float[] {4, 2, 0, 0},
                averageLogits,
                new AcerLoss.Weights(0.99, 0.5, 0, mostWeight, delta));
        return loss;
    }

    /**
     * V = 3 and Qret = 1: the action taken was worth 2 less. With respect to f = (½, ½) that is g = (−4, 0). The
     * average f̄ = (0.8, 0.2) gives k = (−1.6, −0.4): k·g = 6.4 is 5.4 too much, k·k = 2.72, and so 5.4 / 2.72 k are
     * taken off: (−14, 13.5) / 17 is left, of which the logits get −½ (g − mean), without the trust region ½ (4 − 2).
     */
    @Test
    void theTrustRegionTakesOffWhatLeadsAway() {
        float[] even = {0, 0, 0, 0};
        float[] average = {(float) Math.log(4), 0, 0, 0};
        AcerLoss free = single(null, even, average, 10);
        assertThat(free.logitGradient[0]).isCloseTo(1, within(1e-4f));
        assertThat(free.logitGradient[1]).isCloseTo(-1, within(1e-4f));
        assertThat(free.adjustment).isZero();

        AcerLoss held = single(1.0, even, average, 10);
        assertThat(held.adjustment).isCloseTo(5.4 / 2.72, within(1e-4));
        assertThat(held.logitGradient[0]).isCloseTo((float) (0.25 * 27.5 / 17), within(1e-4f));
        assertThat(held.logitGradient[1]).isCloseTo((float) (-0.25 * 27.5 / 17), within(1e-4f));

        assertThat(single(6.5, even, average, 10).logitGradient).isEqualTo(free.logitGradient);
    }

    @Test
    void theValueOfTheActionTakenGoesTowardsItsTarget() {
        AcerLoss loss = single(1.0, new float[4], new float[4], 10);
        assertThat(loss.valueLoss).isCloseTo(4.5, within(1e-9));
        assertThat(loss.valueGradient[0]).isCloseTo(0.5f * 3, within(1e-6f));
        assertThat(loss.valueGradient[1]).isZero();
    }

    /**
     * f = (0.8, 0.2), so ρ = (1.6, 0.4), V = 3.6. Cut at 1.2, the taken action's weight is 1.2 · (1 − 3.6), and what is
     * left out is (1 − 1.2 / 1.6) · 0.8 · (4 − 3.6).
     */
    @Test
    void whatTheCutLeavesOutIsMadeGoodByTheValues() {
        float[] logits = {(float) Math.log(4), 0, 0, 0};
        AcerLoss loss = single(null, logits, logits, 1.2);
        assertThat(loss.takenLoss).isCloseTo(1.2 * 2.6 * Math.log(0.8), within(1e-4));
        assertThat(loss.correctionLoss).isCloseTo(-0.25 * 0.8 * 0.4 * Math.log(0.8), within(1e-5));
        assertThat(single(null, logits, logits, 2).correctionLoss).isZero();
    }

    @Test
    void theProjectionLeadsAwayNoFasterThanAllowed() {
        double[] gradient = {3, 1};
        double[] away = {1, 2};
        // k·g = 5 is 4 too much, k·k = 5.
        assertThat(AcerLoss.project(gradient, away, 1)).isCloseTo(0.8, within(1e-6));
        assertThat(gradient[0]).isCloseTo(2.2, within(1e-6));
        assertThat(gradient[1]).isCloseTo(-0.6, within(1e-6));
        assertThat(AcerLoss.project(gradient, away, 1.1)).isZero();
    }

    @Test
    void otherShapesAreRefused() {
        Batch batch = batch(RandomStream.of(1, "loss"));
        AcerLoss loss = new AcerLoss(ENVS, STEPS, ACTIONS);
        float[] right = new float[batch.rows * ACTIONS];
        assertThatThrownBy(() -> loss.differentiate(
                        batch, right, new float[batch.rows], right, new AcerLoss.Weights(1, 1, 0, 10, null)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("have 27, 9 and 27 numbers, not 9 × 3");
    }
}
