package io.github.qwop.learn.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.random.RandomStream;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PpoLossTest {

    private static final double LN_HALF = Math.log(0.5);

    /** One transition: action 0 of two. */
    private static Minibatch single(double oldProbability, double advantage) {
        Minibatch batch = new Minibatch(1, 1, 0);
        batch.count = 1;
        batch.logProbabilities[0] = (float) Math.log(oldProbability);
        batch.advantages[0] = (float) advantage;
        batch.values[0] = 1;
        batch.returns[0] = 3;
        return batch;
    }

    private static PpoLoss even(Minibatch batch, double clip) {
        PpoLoss loss = new PpoLoss(1, 2, false);
        loss.differentiate(batch, new float[2], new float[] {2}, weights(0.1, 0.5, clip, null));
        return loss;
    }

    private static PpoLoss.Weights weights(double entCoef, double vfCoef, double clip, @Nullable Double clipVf) {
        return new PpoLoss.Weights(entCoef, vfCoef, clip, clipVf, 0, false);
    }

    @Test
    void insideTheClipRangeTheGradientIsThePolicyGradient() {
        PpoLoss loss = even(single(0.5, 4), 0.2);
        assertThat(loss.policyLoss).isCloseTo(-4, within(1e-6));
        assertThat(loss.entropyLoss).isCloseTo(LN_HALF, within(1e-6));
        assertThat(loss.valueLoss).isCloseTo(1, within(1e-6));
        assertThat(loss.loss).isCloseTo(-4 + 0.1 * LN_HALF + 0.5, within(1e-6));
        assertThat(loss.approxKl).isCloseTo(0, within(1e-12));
        assertThat(loss.clipFraction).isZero();
        // −A(1 − π) and −A(0 − π); the entropy is at its maximum.
        assertThat(loss.logitGradient).containsExactly(new float[] {-2, 2}, within(1e-6f));
        assertThat(loss.valueGradient).containsExactly(new float[] {0.5f * 2 * (2 - 3)}, within(1e-6f));
    }

    @Test
    void clippingStopsWhatHasMovedFarEnough() {
        // The ratio is 0.5 / 0.25 = 2.
        PpoLoss gain = even(single(0.25, 4), 0.2);
        assertThat(gain.policyLoss).isCloseTo(-4 * 1.2, within(1e-6));
        assertThat(gain.clipFraction).isEqualTo(1);
        assertThat(gain.approxKl).isCloseTo(2 - 1 - Math.log(2), within(1e-6));
        assertThat(gain.logitGradient).containsExactly(new float[] {0, 0}, within(1e-6f));

        PpoLoss regret = even(single(0.25, -4), 0.2);
        assertThat(regret.policyLoss).isCloseTo(4 * 2, within(1e-5));
        assertThat(regret.logitGradient).containsExactly(new float[] {4, -4}, within(1e-5f));

        // The ratio is 0.5 / 1 = 0.5.
        PpoLoss avoided = even(single(1, -4), 0.2);
        assertThat(avoided.policyLoss).isCloseTo(4 * 0.8, within(1e-6));
        assertThat(avoided.logitGradient).containsExactly(new float[] {0, 0}, within(1e-6f));
    }

    @Test
    void aValueIsHeldWithinItsRange() {
        Minibatch batch = single(0.5, 0);
        PpoLoss loss = new PpoLoss(1, 2, false);
        loss.differentiate(batch, new float[2], new float[] {2}, weights(0, 0.5, 0.2, 0.25));
        assertThat(loss.valueLoss).isCloseTo((1.25 - 3) * (1.25 - 3), within(1e-6));
        assertThat(loss.valueGradient[0]).isZero();
        loss.differentiate(batch, new float[2], new float[] {1.2f}, weights(0, 0.5, 0.2, 0.25));
        assertThat(loss.valueLoss).isCloseTo(1.8 * 1.8, within(1e-5));
        assertThat(loss.valueGradient[0]).isCloseTo(-1.8f, within(1e-5f));
    }

    @Test
    void thePlainPolicyLossIsAnotherNumberWithTheSameGradient() {
        PpoLoss plain = new PpoLoss(1, 2, true);
        plain.differentiate(single(0.5, 4), new float[2], new float[] {2}, weights(0.1, 0.5, 0.2, null));
        assertThat(plain.policyLoss).isCloseTo(-4 * LN_HALF, within(1e-6));
        assertThat(plain.loss).isCloseTo(-4 * LN_HALF + 0.1 * LN_HALF + 0.5, within(1e-6));
        assertThat(plain.logitGradient).isEqualTo(even(single(0.5, 4), 0.2).logitGradient);
    }

    @Test
    void theDivergenceFromACloneIsThatOfTheCloneFromThePolicy() {
        Minibatch batch = new Minibatch(1, 1, 2);
        batch.count = 1;
        batch.logProbabilities[0] = (float) LN_HALF;
        // The clone does action 0 three times out of four.
        batch.cloneLogits[0] = (float) Math.log(3);
        PpoLoss loss = new PpoLoss(1, 2, false);
        loss.differentiate(batch, new float[2], new float[1], new PpoLoss.Weights(0, 0.5, 0.2, null, 2, false));
        double divergence = 0.75 * Math.log(0.75 / 0.5) + 0.25 * Math.log(0.25 / 0.5);
        assertThat(loss.cloneDivergence).isCloseTo(divergence, within(1e-6));
        assertThat(loss.loss).isCloseTo(2 * divergence, within(1e-6));
        assertThat(loss.logitGradient).containsExactly(new float[] {-0.5f, 0.5f}, within(1e-6f));
    }

    @Test
    void theValueAloneLearnsIfItIsToldTo() {
        Minibatch batch = single(0.25, 4);
        PpoLoss loss = new PpoLoss(1, 2, false);
        loss.differentiate(
                batch, new float[] {1, 0}, new float[] {2}, new PpoLoss.Weights(0.1, 0.5, 0.2, null, 0, true));
        assertThat(loss.logitGradient).containsExactly(0, 0);
        assertThat(loss.valueGradient).containsExactly(0.5f * 2 * (2 - 3));
        assertThat(loss.loss).isCloseTo(0.5, within(1e-6));
    }

    @Property(tries = 100)
    void theGradientIsThatOfTheLoss(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0.05, max = 0.5) double clip,
            @ForAll @DoubleRange(max = 1) double entropyCoefficient,
            @ForAll @DoubleRange(max = 1) double cloneCoefficient,
            @ForAll boolean clipValues) {
        int count = 4;
        int actionCount = 3;
        RandomStream random = RandomStream.of(seed, "loss");
        Minibatch batch = new Minibatch(count, 1, actionCount);
        batch.count = count;
        float[] logits = new float[count * actionCount];
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            batch.actions[i] = random.nextInt(actionCount);
            batch.logProbabilities[i] = (float) (-1 + 0.3 * random.nextGaussian());
            batch.advantages[i] = (float) random.nextGaussian();
            batch.values[i] = (float) random.nextGaussian();
            batch.returns[i] = (float) random.nextGaussian();
            values[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) random.nextGaussian();
            batch.cloneLogits[i] = (float) random.nextGaussian();
        }
        PpoLoss loss = new PpoLoss(count, actionCount, false);
        PpoLoss.Weights weights = new PpoLoss.Weights(
                entropyCoefficient, 0.7, clip, clipValues ? (Double) clip : null, cloneCoefficient, false);
        loss.differentiate(batch, logits, values, weights);
        float[] logitGradient = loss.logitGradient.clone();
        float[] valueGradient = loss.valueGradient.clone();
        ToDoubleFunction<float[]> lossNow = moved -> {
            loss.differentiate(batch, logits, values, weights);
            return loss.loss;
        };
        for (int i = 0; i < logits.length; i++) {
            assertSlope(lossNow, logits, i, logitGradient[i]);
        }
        for (int i = 0; i < count; i++) {
            assertSlope(lossNow, values, i, valueGradient[i]);
        }
    }

    /** The loss has kinks; beside one, the difference quotient on its far side is not the gradient. */
    private static void assertSlope(ToDoubleFunction<float[]> loss, float[] moved, int i, double gradient) {
        float kept = moved[i];
        double here = loss.applyAsDouble(moved);
        moved[i] = kept + 1e-4f;
        double right = (loss.applyAsDouble(moved) - here) / ((double) moved[i] - kept);
        moved[i] = kept - 1e-4f;
        double left = (loss.applyAsDouble(moved) - here) / ((double) moved[i] - kept);
        moved[i] = kept;
        assertThat(Math.min(Math.abs(left - gradient), Math.abs(right - gradient)))
                .as("gradient %s, difference quotients %s and %s", gradient, left, right)
                .isLessThan(2e-3 * (1 + Math.abs(gradient)));
    }

    @Test
    void outputsOfAnotherShapeAreRefused() {
        PpoLoss loss = new PpoLoss(1, 2, false);
        assertThatThrownBy(() ->
                        loss.differentiate(single(0.5, 1), new float[3], new float[1], weights(0, 0.5, 0.2, null)))
                .hasMessageContaining("not 1 × 2");
    }
}
