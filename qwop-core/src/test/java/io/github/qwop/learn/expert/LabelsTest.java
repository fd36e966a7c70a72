package io.github.qwop.learn.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LabelsTest {

    /** Labels of two actions each. */
    private static Labels labels(float[] logits, float[] returns) {
        int count = logits.length / 2;
        Labels labels = new Labels(count, 1, 2);
        System.arraycopy(returns, 0, labels.returns, 0, returns.length);
        labels.add(count, new float[count], logits);
        return labels;
    }

    /** Even preferences and returns of 1 and 3: they deviate by 1, so that the odds become e² to 1. */
    @Test
    void prefersByDeviations() {
        Labels labels = labels(new float[] {0, 0}, new float[] {1, 3});
        double gain = labels.improve(1);
        double better = Math.exp(2) / (1 + Math.exp(2));
        assertThat((double) labels.targets[1]).isCloseTo(better, within(1e-6));
        assertThat((double) labels.targets[0]).isCloseTo(1 - better, within(1e-6));
        // The policy's mean is 2, and the target's is between that and 3.
        assertThat(gain).isCloseTo(1 * (1 - better) + 3 * better - 2, within(1e-6));
    }

    @Test
    void believesLessWhenItIsHotter() {
        Labels labels = labels(new float[] {0, 0}, new float[] {1, 3});
        labels.improve(2);
        assertThat(labels.targets[1] / labels.targets[0]).isCloseTo((float) Math.exp(1), within(1e-5f));
    }

    /** What the policy prefers already is preferred by as much more. */
    @Test
    void goesOnFromThePolicy() {
        Labels labels = labels(new float[] {1, 0, 1, 0}, new float[] {5, 5, 5, 7});
        labels.improve(1);
        assertThat(labels.targets[0] / labels.targets[1]).isCloseTo((float) Math.exp(1), within(1e-5f));
        double p = 1 / (1 + Math.exp(1));
        // Of the second label 2 p from the mean with 1 − p, and 2 (1 − p) with p; of the first none.
        double deviation = 4 * p * (1 - p) / 2;
        assertThat(labels.targets[3] / labels.targets[2]).isCloseTo((float) Math.exp(2 / deviation - 1), within(1e-4f));
    }

    /** An action that the policy never takes says nothing about the spread of what it does take. */
    @Test
    void anActionThatIsNeverTakenDoesNotSetTheScale() {
        Labels labels = labels(new float[] {0, -100, 0, 0}, new float[] {4, -1000, 1, 3});
        labels.improve(1);
        double deviation = 0.5;
        assertThat(labels.targets[3] / labels.targets[2]).isCloseTo((float) Math.exp(2 / deviation), within(1e-3f));
    }

    @Test
    void theCriticLearnsWhatTheGreedyActionIsWorth() {
        Labels labels = labels(new float[] {2, 1, 1, 2, 3, 3}, new float[] {5, 9, 9, 4, 6, 8});
        labels.improve(1);
        assertThat(labels.values).containsExactly(5, 4, 6);
    }

    @Test
    void equalReturnsLeaveThePolicy() {
        Labels labels = labels(new float[] {1, 0}, new float[] {3, 3});
        assertThat(labels.improve(1)).isCloseTo(0, within(1e-6));
        assertThat(labels.targets[0] / labels.targets[1]).isCloseTo((float) Math.exp(1), within(1e-5f));
    }
}
