package io.github.qwop.learn.problems;

import io.github.qwop.random.RandomStream;
import java.util.Arrays;

/**
 * A lock with a row of dials, seen one-hot: the right one of two actions, which alternates, goes on to the next dial,
 * the wrong one back to the first, and the last pays 1 and ends the episode. Random actions open n dials once in about
 * 2^(n + 1) steps, so that only one who is shown the combination learns it soon.
 */
public final class CombinationLock extends Problem {

    private final int dials;

    /** Locks before their first reset. */
    public CombinationLock(int envs, int dials, long seed) {
        super(envs, dials + 1, 2, 4 * dials, seed);
        this.dials = dials;
    }

    /** The action that goes on from a dial. */
    public static int key(int dial) {
        return dial % 2;
    }

    @Override
    protected void start(double[] state, RandomStream random) {
        enter(state, 0);
    }

    private static void enter(double[] state, int dial) {
        Arrays.fill(state, 0);
        state[dial] = 1;
    }

    @Override
    protected double play(double[] state, int action, RandomStream random) {
        int dial = 0;
        while (state[dial] == 0) {
            dial++;
        }
        enter(state, action == key(dial) ? dial + 1 : 0);
        return isOver(state) ? 1 : 0;
    }

    @Override
    protected boolean isOver(double[] state) {
        return state[dials] == 1;
    }
}
