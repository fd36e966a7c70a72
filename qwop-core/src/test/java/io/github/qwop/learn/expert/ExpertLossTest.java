package io.github.qwop.learn.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.random.RandomStream;
import org.junit.jupiter.api.Test;

class ExpertLossTest {

    private static final int ACTIONS = 3;
    private static final int[] ORDER = {4, 2, 0, 1, 3};
    private static final int FROM = 1;
    private static final int COUNT = 3;

    private final RandomStream random = RandomStream.of(1, "test");

    private float[] drawn(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        return values;
    }

    private Labels labels() {
        Labels labels = new Labels(ORDER.length, 1, ACTIONS);
        float[] returns = drawn(ORDER.length * ACTIONS);
        System.arraycopy(returns, 0, labels.returns, 0, returns.length);
        labels.add(ORDER.length, new float[ORDER.length], drawn(ORDER.length * ACTIONS));
        labels.improve(1);
        return labels;
    }

    private static double loss(Labels labels, float[] logits, float[] values) {
        ExpertLoss loss = new ExpertLoss(COUNT, ACTIONS, 0.7);
        loss.differentiate(labels, ORDER, FROM, COUNT, logits, values);
        return loss.loss();
    }

    @Test
    void theGradientIsThatOfTheLoss() {
        Labels labels = labels();
        float[] logits = drawn(COUNT * ACTIONS);
        float[] values = drawn(COUNT);
        ExpertLoss loss = new ExpertLoss(COUNT, ACTIONS, 0.7);
        loss.differentiate(labels, ORDER, FROM, COUNT, logits, values);
        float step = 1f / 1024;
        for (int i = 0; i < logits.length; i++) {
            assertThat((double) loss.logitGradient[i])
                    .isCloseTo(slope(labels, logits, values, logits, i, step), within(1e-4));
        }
        for (int i = 0; i < values.length; i++) {
            assertThat((double) loss.valueGradient[i])
                    .isCloseTo(slope(labels, logits, values, values, i, step), within(1e-4));
        }
    }

    private static double slope(Labels labels, float[] logits, float[] values, float[] moved, int i, float step) {
        float before = moved[i];
        moved[i] = before + step;
        double above = loss(labels, logits, values);
        moved[i] = before - step;
        double below = loss(labels, logits, values);
        moved[i] = before;
        return (above - below) / (2 * step);
    }

    /** A policy that says what was planned has nothing to learn. */
    @Test
    void nothingIsLeftWhereTheTargetIsReached() {
        Labels labels = labels();
        float[] logits = new float[COUNT * ACTIONS];
        float[] values = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            values[i] = labels.values[ORDER[FROM + i]];
            for (int a = 0; a < ACTIONS; a++) {
                logits[i * ACTIONS + a] = (float) Math.log(labels.targets[ORDER[FROM + i] * ACTIONS + a]);
            }
        }
        ExpertLoss loss = new ExpertLoss(COUNT, ACTIONS, 0.7);
        loss.differentiate(labels, ORDER, FROM, COUNT, logits, values);
        assertThat(loss.policyLoss).isCloseTo(0, within(1e-6));
        assertThat(loss.valueLoss).isZero();
        for (float one : loss.logitGradient) {
            assertThat(one).isCloseTo(0, within(1e-6f));
        }
    }
}
