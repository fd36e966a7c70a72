package io.github.qwop.env;

import io.github.qwop.game.Units;
import io.github.qwop.schedule.Schedule;

/**
 * Pays for time: a step at a chosen pace costs nothing, a slower one costs, a faster one pays. Over an episode that is
 * {@code weight} for every step's length by which the runner is ahead of one who keeps the pace, so that a second saved
 * is worth the same wherever on the track it is saved. qwop-gym's own reward pays a metre alike at any speed.
 */
public final class Pace implements RewardShaper {

    /** Where the torso's place on the track stands among the state's values. */
    private static final int TORSO_X = 0;

    private static final String FORM = "give metres per second above 0 and what a step is paid at twice that pace,"
            + " a number or a schedule, such as 2:0.1";

    private static final double USUAL_SECONDS = (double) EnvSpec.DEFAULT.framesPerStep() / Units.UPDATES_PER_SECOND;

    private final double pace;
    private final Schedule weight;

    /**
     * A pace and a weight, as a POM has them.
     *
     * @param text such as {@code 2:0.1} or {@code 2:lin_decay_0.1_0_1}
     * @throws IllegalArgumentException if it is something else
     */
    public Pace(String text) {
        this(pace(text), weight(text));
    }

    /**
     * Pays {@code weight · (speed / pace − 1)} for a step.
     *
     * @param pace metres per second, above 0
     * @param weight what a step on the spot costs, and a step at twice the pace is paid
     * @throws IllegalArgumentException if the pace is none
     */
    public Pace(double pace, Schedule weight) {
        if (!(pace > 0) || Double.isInfinite(pace)) {
            throw new IllegalArgumentException("the pace is " + pace + ": " + FORM + ".");
        }
        this.pace = pace;
        this.weight = weight;
    }

    private static String[] parts(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("the pace is \"" + text + "\": " + FORM + ".");
        }
        return parts;
    }

    private static double pace(String text) {
        try {
            return Double.parseDouble(parts(text)[0]);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the pace is \"" + text + "\": " + FORM + ".", e);
        }
    }

    private static Schedule weight(String text) {
        return Schedule.parse(parts(text)[1]);
    }

    /** For a step of the default's four updates, at a training's beginning. */
    @Override
    public float shape(float reward, double[] before, double[] after, boolean ended) {
        return shape(reward, before, after, ended, USUAL_SECONDS, 0);
    }

    @Override
    public float shape(float reward, double[] before, double[] after, boolean ended, double seconds, double progress) {
        double speed = (after[TORSO_X] - before[TORSO_X]) / Units.PER_METRE / seconds;
        return (float) (reward + weight.at(1 - progress) * (speed / pace - 1));
    }
}
