package io.github.qwop.search;

import io.github.qwop.env.ActionSet;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.Units;

/**
 * What a portfolio of searches is to do.
 *
 * @param objective what is to be reached
 * @param trigonometry whose sine and cosine the game is played with
 * @param width states that a level keeps, at least 1; what {@link #fitted} replaces may be 0
 * @param horizon decisions of the prior by which a child is valued, at least 1
 * @param framesPerDecision game updates of a level, at least 1
 * @param childrenPerParent how many of a state's nine children may be kept, 1 to 9
 * @param value what a rollout says
 * @param seed of the noise that makes one search another throw than the next
 * @param updates the budget: game updates that all searches may play together
 * @param threads how many work side by side; the result does not depend on it
 */
public record Plan(
        Objective objective,
        Trigonometry trigonometry,
        int width,
        int horizon,
        int framesPerDecision,
        int childrenPerParent,
        Variant.Value value,
        long seed,
        long updates,
        int threads) {

    /** Updates of a quick run, for what a pass costs. */
    private static final int QUICK_RUN = 1350;

    private static final int LEAST_WIDTH = 4;
    private static final int MOST_WIDTH = 400;

    /** The share of the budget that the first pass may take. */
    private static final double FIRST_SHARE = 0.25;

    /**
     * The same with a width for which the first pass takes about a quarter of the budget, at most {@value #MOST_WIDTH}:
     * from there on more throws are worth more than more width.
     *
     * @param framesOfPrior updates of one of the prior's decisions
     */
    public Plan fitted(int framesOfPrior) {
        double levels = QUICK_RUN * objective.metres() / Units.FINISH / framesPerDecision;
        double ofState = levels * ActionSet.DISTINCT.size() * (framesPerDecision + horizon * (double) framesOfPrior);
        double fitting = updates * FIRST_SHARE / ofState;
        return new Plan(
                objective,
                trigonometry,
                (int) Math.max(LEAST_WIDTH, Math.min(fitting, MOST_WIDTH)),
                horizon,
                framesPerDecision,
                childrenPerParent,
                value,
                seed,
                updates,
                threads);
    }
}
