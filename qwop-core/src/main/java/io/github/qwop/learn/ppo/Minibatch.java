package io.github.qwop.learn.ppo;

import io.github.qwop.model.NativeFloats;

/** Transitions of a rollout for one gradient step, in arrays that are reused. */
final class Minibatch {

    /** Number of transitions, at most the capacity. */
    int count;

    /** [count × observation size]. */
    final NativeFloats observations;

    final int[] actions;
    final float[] values;
    final float[] logProbabilities;
    final float[] advantages;
    final float[] returns;

    /** What a policy to stay near says, [count × actions]; empty if there is none. */
    final float[] cloneLogits;

    Minibatch(int capacity, int observationSize, int cloneActions) {
        observations = new NativeFloats(capacity * observationSize);
        actions = new int[capacity];
        values = new float[capacity];
        logProbabilities = new float[capacity];
        advantages = new float[capacity];
        returns = new float[capacity];
        cloneLogits = new float[capacity * cloneActions];
    }

    /** Gives the advantages mean 0 and sample deviation 1; a single one is left as it is. */
    void normalizeAdvantages() {
        if (count < 2) {
            return;
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += advantages[i];
        }
        double mean = sum / count;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            squares += (advantages[i] - mean) * (advantages[i] - mean);
        }
        double deviation = Math.sqrt(squares / (count - 1)) + 1e-8;
        for (int i = 0; i < count; i++) {
            advantages[i] = (float) ((advantages[i] - mean) / deviation);
        }
    }
}
