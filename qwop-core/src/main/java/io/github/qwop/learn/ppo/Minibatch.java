package io.github.qwop.learn.ppo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Transitions of a rollout for one gradient step, in arrays that are reused. */
final class Minibatch {

    /** Number of transitions, at most the capacity. */
    int count;

    /** The observations' memory, [count × observation size] floats. */
    final ByteBuffer observationBytes;

    final FloatBuffer observations;
    final int[] actions;
    final float[] values;
    final float[] logProbabilities;
    final float[] advantages;
    final float[] returns;

    Minibatch(int capacity, int observationSize) {
        observationBytes = ByteBuffer.allocateDirect(capacity * observationSize * Float.BYTES)
                .order(ByteOrder.nativeOrder());
        observations = observationBytes.asFloatBuffer();
        actions = new int[capacity];
        values = new float[capacity];
        logProbabilities = new float[capacity];
        advantages = new float[capacity];
        returns = new float[capacity];
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
