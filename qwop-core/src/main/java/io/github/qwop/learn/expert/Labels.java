package io.github.qwop.learn.expert;

import io.github.qwop.learn.Categorical;

/**
 * States with what was found out about them: what the policy said, what each action is worth, and from both what the
 * policy is to say. That is π(a) · exp(Q(a) / scale) up to a factor, the policy that gains most for how far it leaves π
 * (Abdolmaleki and others, 2018), and so it takes several rounds that agree to make an action certain.
 */
final class Labels {

    private final int observationSize;
    private final int actionCount;
    private int count;

    /** [labels × observation size]. */
    final float[] observations;

    /** [labels × actions]: the policy's outputs. */
    final float[] logits;

    /** [labels × actions]: what the actions are worth. */
    final float[] returns;

    /** [labels × actions]: probabilities to learn. */
    final float[] targets;

    /** What the policy, played greedily, is worth: to be learned by the critic. */
    final float[] values;

    private final Categorical policy;
    private final float[] improved;

    Labels(int capacity, int observationSize, int actionCount) {
        this.observationSize = observationSize;
        this.actionCount = actionCount;
        observations = new float[capacity * observationSize];
        logits = new float[capacity * actionCount];
        returns = new float[capacity * actionCount];
        targets = new float[capacity * actionCount];
        values = new float[capacity];
        policy = new Categorical(actionCount);
        improved = new float[actionCount];
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
     * @param said [states × actions]
     */
    void add(int states, float[] seen, float[] said) {
        System.arraycopy(seen, 0, observations, count * observationSize, states * observationSize);
        System.arraycopy(said, 0, logits, count * actionCount, states * actionCount);
        count += states;
    }

    /**
     * Makes targets of all.
     *
     * @param temperature how far an action is preferred that is worth a mean deviation more: by a factor of exp(1 /
     *     temperature). The deviation is that of the policy's own actions from their mean, over all labels; its square
     *     would be that of a few falls
     * @return how much more than the policy the targets are worth, in reward
     */
    double improve(double temperature) {
        double deviations = 0;
        for (int i = 0; i < count; i++) {
            int at = i * actionCount;
            policy.read(logits, at);
            double mean = mean(policy, at);
            for (int a = 0; a < actionCount; a++) {
                deviations += policy.probability(a) * Math.abs(returns[at + a] - mean);
            }
        }
        double scale = temperature * (deviations / count + 1e-8);
        double gain = 0;
        for (int i = 0; i < count; i++) {
            int at = i * actionCount;
            policy.read(logits, at);
            double mean = mean(policy, at);
            int greedy = 0;
            for (int a = 0; a < actionCount; a++) {
                improved[a] = (float) (logits[at + a] + (returns[at + a] - mean) / scale);
                greedy = logits[at + a] > logits[at + greedy] ? a : greedy;
            }
            values[i] = returns[at + greedy];
            policy.read(improved, 0);
            for (int a = 0; a < actionCount; a++) {
                targets[at + a] = (float) policy.probability(a);
            }
            gain += mean(policy, at) - mean;
        }
        return gain / count;
    }

    private double mean(Categorical distribution, int at) {
        double mean = 0;
        for (int a = 0; a < actionCount; a++) {
            mean += distribution.probability(a) * returns[at + a];
        }
        return mean;
    }
}
