package io.github.qwop.learn.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {

    private static final double MUCH = 1e6;

    /** Labels of some actions each, whose preferences are given. */
    private static Labels labels(int actions, float[] logits, float[] returns) {
        int count = logits.length / actions;
        Labels labels = new Labels(count, 1, actions);
        System.arraycopy(returns, 0, labels.returns, 0, returns.length);
        labels.add(count, new float[count], logits);
        return labels;
    }

    private static double divergence(float[] targets, float[] logits, int actions) {
        double sum = 0;
        for (int at = 0; at < targets.length; at += actions) {
            double all = 0;
            for (int a = 0; a < actions; a++) {
                all += Math.exp(logits[at + a]);
            }
            for (int a = 0; a < actions; a++) {
                double p = targets[at + a];
                sum += p > 0 ? p * (Math.log(p) - logits[at + a] + Math.log(all)) : 0;
            }
        }
        return sum * actions / targets.length;
    }

    /** Even preferences: the better of two by odds r to 1 is r ln r / (r + 1) + ln 2 − ln (r + 1) away. */
    @Test
    void goesAsFarAsItMay() {
        double odds = 3;
        double away = odds * Math.log(odds) / (odds + 1) + Math.log(2) - Math.log(odds + 1);
        Labels labels = labels(2, new float[] {0, 0}, new float[] {1, 3});
        double gain = labels.improve(away);
        assertThat((double) labels.targets[1]).isCloseTo(0.75, within(1e-6));
        assertThat((double) labels.targets[0]).isCloseTo(0.25, within(1e-6));
        assertThat(gain).as("2.5 instead of 2").isCloseTo(0.5, within(1e-6));
    }

    /** Whatever the policy is so sure of, and in whatever unit the returns are. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1, 1e6})
    void allLabelsTogetherLeaveThePolicyAsFarAsTheyMay(double unit) {
        int actions = 4;
        RandomStream random = RandomStream.of(1, "test");
        float[] logits = new float[50 * actions];
        float[] returns = new float[logits.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (12 * random.nextDouble());
            returns[i] = (float) (unit * (random.nextDouble() < 0.05 ? -100 : random.nextDouble()));
        }
        for (double maxKl : new double[] {0.001, 0.1, 1}) {
            Labels labels = labels(actions, logits, returns);
            assertThat(labels.improve(maxKl)).isPositive();
            assertThat(divergence(labels.targets, logits, actions)).isCloseTo(maxKl, within(1e-4));
        }
    }

    /** One label's odds change by as much as another's, if its returns differ as much. */
    @Test
    void goesOnFromThePolicy() {
        Labels labels = labels(2, new float[] {0, 0, 2, 0}, new float[] {5, 7, 4, 6});
        labels.improve(0.1);
        double first = Math.log(labels.targets[1] / labels.targets[0]);
        double second = Math.log(labels.targets[3] / labels.targets[2]);
        assertThat(first).isPositive();
        assertThat(second).isCloseTo(first - 2, within(1e-4));
    }

    @Test
    void takesTheBestOfAllWhereThatIsNearEnough() {
        Labels labels = labels(3, new float[] {0, 3, -3}, new float[] {-1000, 2, 2.5f});
        labels.improve(MUCH);
        assertThat(labels.targets).containsExactly(0, 0, 1);
    }

    @Test
    void theCriticLearnsWhatTheGreedyActionIsWorth() {
        Labels labels = labels(2, new float[] {2, 1, 1, 2, 3, 3}, new float[] {5, 9, 9, 4, 6, 8});
        labels.improve(0.1);
        assertThat(labels.values).containsExactly(5, 4, 6);
    }

    @Test
    void equalReturnsLeaveThePolicy() {
        Labels labels = labels(2, new float[] {1, 0}, new float[] {3, 3});
        assertThat(labels.improve(0.5)).isCloseTo(0, within(1e-6));
        assertThat(labels.targets[0] / labels.targets[1]).isCloseTo((float) Math.exp(1), within(1e-5f));
    }
}
