package io.github.qwop.learn.problems;

import io.github.qwop.random.RandomStream;

/**
 * Shows three new random numbers at every step, whatever is done, and pays the first of those before plus the action's
 * number: what was done can be told from what it paid. Only a limit ends an episode.
 */
public final class ChangingSights extends Problem {

    /** Numbers of an observation. */
    public static final int SIZE = 3;

    /** Actions. */
    public static final int ACTIONS = 4;

    /**
     * Environments before their first reset.
     *
     * @param maxEpisodeSteps steps after which an episode is cut off, 0 for no limit
     */
    public ChangingSights(int envs, int maxEpisodeSteps, long seed) {
        super(envs, SIZE, ACTIONS, maxEpisodeSteps, seed);
    }

    @Override
    protected void start(double[] state, RandomStream random) {
        for (int i = 0; i < state.length; i++) {
            state[i] = random.nextFloat() - 0.5f;
        }
    }

    @Override
    protected double play(double[] state, int action, RandomStream random) {
        double reward = state[0] + action;
        start(state, random);
        return reward;
    }

    @Override
    protected boolean isOver(double[] state) {
        return false;
    }
}
