package io.github.qwop.examples.record;

import io.github.qwop.env.RewardShaper;

/**
 * Charges for every step with the hips held low. Without it learners find that one can shuffle on a knee without ever
 * falling, and never learn to run; with it, falling early is cheaper than kneeling, and staying up cheapest of all.
 */
public final class Upright implements RewardShaper {

    /** Where the torso's height stands among the state's values: y, which grows downwards. */
    private static final int TORSO_Y = 1;

    /** Height of the torso, in world units, of a runner on a knee: all is charged from there on. */
    private static final double LOW = 1.5;

    /** Height above which nothing is charged: that of a runner on its feet. */
    private static final double HIGH = -0.5;

    /** The charge, against 0.75 for a metre. */
    private static final double MOST = 0.3;

    @Override
    public float shape(float reward, double[] before, double[] after, boolean ended) {
        double upright = (LOW - after[TORSO_Y]) / (LOW - HIGH);
        return (float) (reward - MOST * Math.max(0, Math.min(1, 1 - upright)));
    }
}
