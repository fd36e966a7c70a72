package io.github.qwop.learn.problems;

import io.github.qwop.random.RandomStream;
import java.util.Arrays;

/**
 * A row of cells, seen one-hot, that an episode enters anywhere but at its right end: action 0 goes left, 1 right, and
 * the right end pays 1 and ends it. With discount γ the value of a cell at distance d from the end is γ^(d − 1).
 */
public final class Corridor extends Problem {

    private static final int MAX_EPISODE_STEPS = 50;

    private final int cells;

    /** Environments before their first reset. */
    public Corridor(int envs, int cells, long seed) {
        super(envs, cells, 2, MAX_EPISODE_STEPS, seed);
        this.cells = cells;
    }

    @Override
    protected void start(double[] state, RandomStream random) {
        enter(state, random.nextInt(cells - 1));
    }

    private static void enter(double[] state, int cell) {
        Arrays.fill(state, 0);
        state[cell] = 1;
    }

    @Override
    protected double play(double[] state, int action, RandomStream random) {
        int cell = 0;
        while (state[cell] == 0) {
            cell++;
        }
        enter(state, action == 1 ? cell + 1 : Math.max(0, cell - 1));
        return isOver(state) ? 1 : 0;
    }

    @Override
    protected boolean isOver(double[] state) {
        return state[cells - 1] == 1;
    }
}
