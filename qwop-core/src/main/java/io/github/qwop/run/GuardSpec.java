package io.github.qwop.run;

/**
 * Evaluations during a training, and what happens when they show a collapse.
 *
 * @param action what is done about a collapse
 * @param evalFreq environment steps between evaluations
 * @param evalEpisodes episodes of an evaluation; a candidate for the best plays twice as many more
 * @param bestBy what the best is chosen by: {@code score}, the mean of metres, at most 100, and for a finished episode
 *     ten times its speed in m/s besides; {@code distance}, its mean; or {@code finish-rate}, the share of finished
 *     episodes, and where two shares cannot be told apart by a 95 % interval, their mean time
 * @param drop a collapse is a mean distance below this share of the best's, 0 to 1
 * @param patience evaluations in a row that must show it
 * @param minDistance mean distance, in metres, that the best must have reached before anything is called a collapse
 * @param maxValueBias how far the estimated return of a start may exceed the realised one before it counts as a
 *     collapse too
 * @param signalFactor how many times its median over the last ten evaluations the loss or the gradient's norm may reach
 *     before it counts too; a figure that is not finite counts at once
 * @param minEntropy share of an evenly drawing policy's entropy below which that of ppo, a2c, acer and expert-iteration
 *     counts too; 0 for never
 * @param rateFactor what a rollback multiplies the learning rate by; targets follow more slowly by the same factor
 * @param maxRollbacks rollbacks after which a further collapse stops the training
 */
public record GuardSpec(
        Action action,
        long evalFreq,
        int evalEpisodes,
        BestBy bestBy,
        double drop,
        int patience,
        double minDistance,
        double maxValueBias,
        double signalFactor,
        double minEntropy,
        double rateFactor,
        int maxRollbacks) {

    /** What is done about a collapse. */
    public enum Action {
        /** Nothing is watched; the best is still chosen. */
        OFF,
        /** A warning is written. */
        WARN,
        /** The training ends; its best checkpoint stays the run's result. */
        STOP,
        /** The learner returns to the best checkpoint, with a lower rate and slower targets. */
        ROLLBACK
    }

    /** What the best policy is chosen by. */
    public enum BestBy {
        /** Metres, at most 100, and ten times the average speed in m/s of a finished episode besides. */
        SCORE,
        /** Metres. */
        DISTANCE,
        /** The share of finished episodes first, their mean time next. */
        FINISH_RATE
    }

    /** Warns when three evaluations in a row fall below half of the best. */
    public static final GuardSpec DEFAULT =
            new GuardSpec(Action.WARN, 100_000, 20, BestBy.SCORE, 0.5, 3, 5, 100, 100, 0.01, 0.5, 5);

    /** Checks every value. */
    public GuardSpec {
        atLeastOne("evalFreq", evalFreq);
        atLeastOne("evalEpisodes", evalEpisodes);
        atLeastOne("patience", patience);
        if (!(drop >= 0 && drop <= 1)) {
            throw new IllegalArgumentException("guard.drop is " + drop + ": give a share from 0 to 1, such as 0.5.");
        }
        if (!(rateFactor > 0 && rateFactor <= 1)) {
            throw new IllegalArgumentException(
                    "guard.rateFactor is " + rateFactor + ": give a number above 0, at most 1, such as 0.5.");
        }
        if (!(minDistance >= 0)) {
            throw new IllegalArgumentException("guard.minDistance is " + minDistance + ": give metres, 0 or more.");
        }
        if (!(maxValueBias > 0)) {
            throw new IllegalArgumentException(
                    "guard.maxValueBias is " + maxValueBias + ": give a number above 0, such as 100.");
        }
        if (!(signalFactor > 1)) {
            throw new IllegalArgumentException(
                    "guard.signalFactor is " + signalFactor + ": give a number above 1, such as 100.");
        }
        if (!(minEntropy >= 0 && minEntropy < 1)) {
            throw new IllegalArgumentException(
                    "guard.minEntropy is " + minEntropy + ": give a share from 0 to below 1, such as 0.01.");
        }
        if (maxRollbacks < 0) {
            throw new IllegalArgumentException(
                    "guard.maxRollbacks is " + maxRollbacks + ": give a whole number, 0 or more.");
        }
    }

    private static void atLeastOne(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("guard." + name + " is " + value + ": give a whole number, at least 1.");
        }
    }
}
