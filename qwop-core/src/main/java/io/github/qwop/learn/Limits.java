package io.github.qwop.learn;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Limits of a learner's settings. Each refuses a value by an {@link IllegalArgumentException} whose message is one
 * sentence for the user.
 */
public final class Limits {

    /** Of a network's hidden layers: a step of learning takes a second by then. */
    private static final long MOST_WEIGHTS = 1 << 25;

    private Limits() {}

    /**
     * What a checkpoint says of a learner's way: its steps, and what rollbacks have left of its rate, 1 without any.
     */
    public static void counters(long steps, double rateFactor) {
        if (steps < 0 || !(rateFactor > 0 && rateFactor <= 1)) {
            throw new IllegalArgumentException(
                    "its counters are none: " + steps + " steps, and a rate that is multiplied by " + rateFactor);
        }
    }

    /** A whole number, {@code least} or more. */
    public static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw refused(name, value, "give a whole number, at least " + least);
        }
    }

    /** A number from 0 to 1. */
    public static void share(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw refused(name, value, "give a number from 0 to 1");
        }
    }

    /** A decay of Adam's: with 1 its means would keep nothing new, and their correction would divide by 0. */
    public static void decay(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw refused(name, value, "give a number from 0 to below 1");
        }
    }

    /** A finite number, 0 or more. */
    public static void notNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw refused(name, value, "give a number, 0 or more");
        }
    }

    /** A finite number above 0. */
    public static void above0(String name, double value) {
        if (!isAbove0(value)) {
            throw refused(name, value, "give a number above 0");
        }
    }

    /** A finite number above 0, or null, which switches off what it limits. */
    public static void above0OrNone(String name, @Nullable Double value) {
        if (value != null && !isAbove0(value)) {
            throw refused(name, value, "give a number above 0, or none to switch it off");
        }
    }

    private static boolean isAbove0(double value) {
        return value > 0 && Double.isFinite(value);
    }

    /** One to 64 hidden layers, each of 1 to 16,384 units, with at most 32 million weights between them. */
    public static void netArch(List<Integer> sizes) {
        within("netArch's number of layers", sizes.size(), 64);
        sizes.forEach(size -> within("netArch's layer size", size, 1 << 14));
        long weights = 0;
        for (int i = 1; i < sizes.size(); i++) {
            weights += (long) sizes.get(i - 1) * sizes.get(i);
        }
        if (weights > MOST_WEIGHTS) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "learner.netArch is %s with %,d weights between its layers: give at most %,d, layers of 64 to 256 are"
                            + " usual.",
                    sizes,
                    weights,
                    MOST_WEIGHTS));
        }
    }

    /** A whole number from 1 to {@code most}. */
    public static void within(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw refused(name, value, "give a whole number, 1 to " + most);
        }
    }

    private static IllegalArgumentException refused(String name, Number value, String remedy) {
        return new IllegalArgumentException("learner." + name + " is " + value + ": " + remedy + ".");
    }

    /** Refuses a rollout that is longer than the training. */
    public static void rollout(int nSteps, int envs, long totalSteps) {
        if ((long) nSteps * envs > totalSteps) {
            throw new IllegalArgumentException("learner.nSteps is " + nSteps + " with " + envs
                    + (envs == 1 ? " environment" : " environments") + " and totalTimesteps " + totalSteps
                    + ": one rollout would be longer than the training; give fewer nSteps or more steps.");
        }
    }
}
