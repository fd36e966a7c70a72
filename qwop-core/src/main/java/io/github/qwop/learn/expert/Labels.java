package io.github.qwop.learn.expert;

import io.github.qwop.learn.Categorical;
import java.util.Arrays;

/**
 * States with what was found out about them: what the policy said, what each action is worth, and from both what the
 * policy is to say. That is π(a) · exp(Q(a) / η) up to a factor, which gains most for how far it leaves π, with the
 * least η at which all labels together leave it no farther than they may (Abdolmaleki and others, 2018, the E-step).
 */
final class Labels {

    /** Least and largest η, in units of the largest difference of two actions; and halvings of what lies between. */
    private static final double LEAST_ETA = 1e-9;

    private static final double MOST_ETA = 1e6;
    private static final int HALVINGS = 40;

    private final int observationSize;
    private final int actionCount;
    private int count;

    /** [labels × observation size]. */
    final float[] observations;

    /** [labels × actions]: what the actions are worth. */
    final float[] returns;

    /** [labels × actions]: probabilities to learn. */
    final float[] targets;

    /** What the policy, played greedily, is worth: to be learned by the critic. */
    final float[] values;

    /** [labels × actions]: the policy's probabilities and their logarithms. */
    private final double[] probabilities;

    private final double[] logProbabilities;
    private final Categorical policy;
    private final double[] improved;

    Labels(int capacity, int observationSize, int actionCount) {
        this.observationSize = observationSize;
        this.actionCount = actionCount;
        observations = new float[capacity * observationSize];
        returns = new float[capacity * actionCount];
        targets = new float[capacity * actionCount];
        values = new float[capacity];
        probabilities = new double[capacity * actionCount];
        logProbabilities = new double[capacity * actionCount];
        policy = new Categorical(actionCount);
        improved = new double[actionCount];
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    /**
     * Adds states whose returns are written already.
     *
     * @param seen [states × observation size]
     * @param logits [states × actions]: the policy's outputs
     */
    void add(int states, float[] seen, float[] logits) {
        System.arraycopy(seen, 0, observations, count * observationSize, states * observationSize);
        for (int i = 0; i < states; i++, count++) {
            policy.read(logits, i * actionCount);
            for (int a = 0; a < actionCount; a++) {
                probabilities[count * actionCount + a] = policy.probability(a);
                logProbabilities[count * actionCount + a] = policy.logProbability(a);
            }
        }
    }

    /**
     * Makes targets of all.
     *
     * @param maxKl mean divergence of the targets from the policy at most, in nats, above 0
     * @return how much more than the policy the targets are worth, in reward
     */
    double improve(double maxKl) {
        double unit = 0;
        for (int at = 0; at < count * actionCount; at += actionCount) {
            values[at / actionCount] = returns[at + greedy(at)];
            for (int a = 1; a < actionCount; a++) {
                unit = Math.max(unit, Math.abs((double) returns[at + a] - returns[at]));
            }
        }
        if (unit == 0) {
            // Nothing is better than anything: the policy stays.
            unit = 1;
        }
        double low = Math.log(LEAST_ETA);
        double high = Math.log(MOST_ETA);
        if (divergence(unit * LEAST_ETA) <= maxKl) {
            high = low;
        }
        for (int i = 0; i < HALVINGS && low < high; i++) {
            double middle = (low + high) / 2;
            if (divergence(unit * StrictMath.exp(middle)) > maxKl) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return take(unit * StrictMath.exp(high));
    }

    private int greedy(int at) {
        int best = 0;
        for (int a = 1; a < actionCount; a++) {
            best = logProbabilities[at + a] > logProbabilities[at + best] ? a : best;
        }
        return best;
    }

    /** Mean divergence of the targets from the policy. */
    private double divergence(double eta) {
        double sum = 0;
        for (int at = 0; at < count * actionCount; at += actionCount) {
            improve(at, eta);
            for (int a = 0; a < actionCount; a++) {
                sum += improved[a] > 0 ? improved[a] * (StrictMath.log(improved[a]) - logProbabilities[at + a]) : 0;
            }
        }
        return sum / count;
    }

    /** Writes the targets; returns what they gain. */
    private double take(double eta) {
        double gain = 0;
        for (int at = 0; at < count * actionCount; at += actionCount) {
            improve(at, eta);
            for (int a = 0; a < actionCount; a++) {
                targets[at + a] = (float) improved[a];
                gain += (improved[a] - probabilities[at + a]) * returns[at + a];
            }
        }
        return gain / count;
    }

    /** The improved policy of the label that begins at an index. */
    private void improve(int at, double eta) {
        for (int a = 0; a < actionCount; a++) {
            improved[a] = logProbabilities[at + a] + ((double) returns[at + a] - returns[at]) / eta;
        }
        double largest = Arrays.stream(improved).max().orElseThrow();
        double sum = 0;
        for (int a = 0; a < actionCount; a++) {
            improved[a] = StrictMath.exp(improved[a] - largest);
            sum += improved[a];
        }
        for (int a = 0; a < actionCount; a++) {
            improved[a] /= sum;
        }
    }
}
