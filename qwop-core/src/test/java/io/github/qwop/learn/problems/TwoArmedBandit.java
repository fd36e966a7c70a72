package io.github.qwop.learn.problems;

import io.github.qwop.random.RandomStream;

/** One choice per episode: arm 0 pays 1 with probability 0.2, arm 1 with 0.8. */
public final class TwoArmedBandit extends Problem {

    private static final double[] CHANCES = {0.2, 0.8};

    /** Environments before their first reset. */
    public TwoArmedBandit(int envs, long seed) {
        super(envs, 1, CHANCES.length, 0, seed);
    }

    @Override
    protected void start(double[] state, RandomStream random) {
        state[0] = 1;
    }

    @Override
    protected double play(double[] state, int action, RandomStream random) {
        return random.nextDouble() < CHANCES[action] ? 1 : 0;
    }

    @Override
    protected boolean isOver(double[] state) {
        return true;
    }
}
