package io.github.qwop.learn.ppo;

import io.github.qwop.learn.ExplainedVariance;
import io.github.qwop.model.MlpForward;
import java.util.Arrays;

/**
 * What n environments played since the last update, row by row: a row is one step of all of them, and the transition of
 * environment e in row r has the number r × n + e.
 */
final class RolloutBuffer {

    private final int envs;
    private final int observationSize;
    private final int capacity;
    private int rows;

    private final float[] observations;
    private final int[] actions;
    private final float[] logProbabilities;
    private final float[] rewards;
    private final boolean[] ends;
    private final float[] values;
    private final float[] advantages;
    private final float[] returns;

    /** Number of outputs of a policy to stay near, 0 if there is none; and what it says, [transitions × outputs]. */
    private final int cloneActions;

    private final float[] cloneLogits;

    /** Transitions at whose end a time limit cut the episode off, and what was seen last there. */
    private int cutCount;

    private int[] cuts = new int[16];
    private float[] cutObservations;

    /**
     * An empty buffer.
     *
     * @param cloneActions number of actions of a policy to stay near; 0 if there is none
     */
    RolloutBuffer(int capacityRows, int envs, int observationSize, int cloneActions) {
        this.envs = envs;
        this.observationSize = observationSize;
        this.cloneActions = cloneActions;
        capacity = capacityRows;
        int size = capacityRows * envs;
        observations = new float[size * observationSize];
        actions = new int[size];
        logProbabilities = new float[size];
        rewards = new float[size];
        ends = new boolean[size];
        values = new float[size];
        advantages = new float[size];
        returns = new float[size];
        cloneLogits = new float[size * cloneActions];
        cutObservations = new float[cuts.length * observationSize];
    }

    /** Forgets everything. */
    void clear() {
        rows = 0;
        cutCount = 0;
    }

    boolean isFull() {
        return rows == capacity;
    }

    /** Number of transitions. */
    int size() {
        return rows * envs;
    }

    /** Begins a row: what is seen, what is done, and how probable that was. */
    void addDecisions(float[] seen, int[] chosen, float[] chosenLogProbabilities) {
        int at = rows * envs;
        System.arraycopy(seen, 0, observations, at * observationSize, envs * observationSize);
        System.arraycopy(chosen, 0, actions, at, envs);
        System.arraycopy(chosenLogProbabilities, 0, logProbabilities, at, envs);
    }

    /** Ends the row with what came of it. */
    void addOutcomes(float[] earned, boolean[] terminated, boolean[] truncated, float[] finalObservations) {
        int at = rows * envs;
        System.arraycopy(earned, 0, rewards, at, envs);
        for (int e = 0; e < envs; e++) {
            ends[at + e] = terminated[e] || truncated[e];
            if (truncated[e] && !terminated[e]) {
                addCut(at + e, finalObservations, e * observationSize);
            }
        }
        rows++;
    }

    private void addCut(int transition, float[] seen, int offset) {
        if (cutCount == cuts.length) {
            cuts = Arrays.copyOf(cuts, 2 * cutCount);
            cutObservations = Arrays.copyOf(cutObservations, 2 * cutCount * observationSize);
        }
        cuts[cutCount] = transition;
        System.arraycopy(seen, offset, cutObservations, cutCount * observationSize, observationSize);
        cutCount++;
    }

    /** Tells the value of observations. */
    @FunctionalInterface
    interface Critic {

        /**
         * Values some observations.
         *
         * @param observations [at least count × observation size]
         * @param values receives count values
         */
        void value(float[] observations, int count, float[] values);
    }

    /**
     * Computes values, advantages and returns: generalised advantage estimation (Schulman and others, 2016). An episode
     * that a time limit cut off gets the discounted value of its last observation as part of its last reward.
     *
     * @param next what all environments show now, after the last row
     */
    void estimate(Critic critic, float[] next, double gamma, double lambda) {
        critic.value(observations, size(), values);
        float[] cutValues = new float[cutCount];
        critic.value(cutObservations, cutCount, cutValues);
        for (int i = 0; i < cutCount; i++) {
            rewards[cuts[i]] += (float) (gamma * cutValues[i]);
        }
        float[] nextValues = new float[envs];
        critic.value(next, envs, nextValues);
        for (int e = 0; e < envs; e++) {
            double advantage = 0;
            double nextValue = nextValues[e];
            for (int i = (rows - 1) * envs + e; i >= 0; i -= envs) {
                double goesOn = ends[i] ? 0 : gamma;
                advantage = rewards[i] + goesOn * (nextValue + lambda * advantage) - values[i];
                advantages[i] = (float) advantage;
                returns[i] = (float) (advantage + values[i]);
                nextValue = values[i];
            }
        }
    }

    /** Asks a policy to stay near what it would have done. */
    void ask(MlpForward clone) {
        for (int i = 0; i < size(); i++) {
            System.arraycopy(
                    clone.run(observations, i * observationSize), 0, cloneLogits, i * cloneActions, cloneActions);
        }
    }

    /**
     * The estimates' part of the returns' variance: 1 is perfect, 0 no better than their mean; NaN if they are equal.
     */
    double explainedVariance() {
        return ExplainedVariance.of(returns, values, size());
    }

    /**
     * Copies transitions.
     *
     * @param order numbers of transitions
     * @param from first index in {@code order}
     * @param count how many
     */
    void read(int[] order, int from, int count, Minibatch into) {
        into.count = count;
        for (int i = 0; i < count; i++) {
            int transition = order[from + i];
            into.observations
                    .values()
                    .put(i * observationSize, observations, transition * observationSize, observationSize);
            into.actions[i] = actions[transition];
            into.values[i] = values[transition];
            into.logProbabilities[i] = logProbabilities[transition];
            into.advantages[i] = advantages[transition];
            into.returns[i] = returns[transition];
            System.arraycopy(cloneLogits, transition * cloneActions, into.cloneLogits, i * cloneActions, cloneActions);
        }
    }
}
