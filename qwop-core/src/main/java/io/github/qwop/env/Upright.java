package io.github.qwop.env;

import io.github.qwop.schedule.Schedule;

/**
 * Charges for every step with the hips held low. Without it learners find that one can shuffle on a knee without ever
 * falling, and never learn to run; with it, falling early is cheaper than kneeling, and staying up cheapest of all. A
 * charge that falls to nothing over the training lets go of the runner once it runs.
 */
public final class Upright implements RewardShaper {

    /** What the recipe of {@code examples/record-10m} charges, where a metre pays 0.75. */
    private static final Schedule USUAL = new Schedule.Constant(0.3);

    /** Where the torso's height stands among the state's values: y, which grows downwards. */
    private static final int TORSO_Y = 1;

    /** Height of the torso, in world units, of a runner on a knee: all is charged from there on. */
    private static final double LOW = 1.5;

    /** Height above which nothing is charged: that of a runner on its feet. */
    private static final double HIGH = -0.5;

    private final Schedule charge;

    /** Charges 0.3, from the beginning to the end. */
    public Upright() {
        this(USUAL);
    }

    /**
     * Charges what a schedule says.
     *
     * @param charge such as {@code lin_decay_0.3_0_0.5}
     * @throws IllegalArgumentException if it is no schedule
     */
    public Upright(String charge) {
        this(Schedule.parse(charge));
    }

    /** Charges this for a step on a knee, and for a step between that and standing its share. */
    public Upright(Schedule charge) {
        this.charge = charge;
    }

    /** As at the beginning of a training. */
    @Override
    public float shape(float reward, double[] before, double[] after, boolean ended) {
        return shape(reward, before, after, ended, 0, 0);
    }

    @Override
    public float shape(float reward, double[] before, double[] after, boolean ended, double seconds, double progress) {
        double upright = (LOW - after[TORSO_Y]) / (LOW - HIGH);
        return (float) (reward - charge.at(1 - progress) * Math.max(0, Math.min(1, 1 - upright)));
    }
}
