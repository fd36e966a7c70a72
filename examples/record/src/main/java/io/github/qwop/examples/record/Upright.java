package io.github.qwop.examples.record;

import io.github.qwop.env.RewardShaper;

/**
 * Pays a little for every step with the hips held high. Without it learners find that one can shuffle on a knee without
 * ever falling, and never learn to run; with it, a runner that stays on its feet earns more from the first metre on.
 */
public final class Upright implements RewardShaper {

    /** Where the torso's height stands among the state's values: y, which grows downwards. */
    private static final int TORSO_Y = 1;

    /** Height of the torso, in world units, from which on nothing is paid: about that of a kneeling runner. */
    private static final double LOW = 1.5;

    /** Height at which all is paid: about that of a runner in full stride. */
    private static final double HIGH = -0.5;

    private static final double MOST = 0.3;

    @Override
    public float shape(float reward, double[] before, double[] after, boolean ended) {
        double share = (LOW - after[TORSO_Y]) / (LOW - HIGH);
        return (float) (reward - MOST * Math.max(0, Math.min(1, 1 - share)));
    }
}
