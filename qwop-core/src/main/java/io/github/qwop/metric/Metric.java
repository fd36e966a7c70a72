package io.github.qwop.metric;

/**
 * A figure that a learner tells of itself, and how it is to be read.
 *
 * @param name as stable-baselines3 calls it, such as {@code train/loss}
 * @param kind what several values of it come to
 * @param axis what a chart of it spans
 * @param title of its chart
 * @param explanation what it is, in a few words
 */
public record Metric(String name, Kind kind, Axis axis, String title, String explanation) {

    /** What several pieces of work come to. */
    public enum Kind {
        /** How it stands now, such as a rate or a count: the newest value counts. */
        STANDING,
        /** The mean of its values; NaN says that there was none. */
        MEAN,
        /** The mean, with a value for every update: one that is NaN after an update says that learning broke. */
        MEAN_OF_UPDATES
    }

    /** What a chart's vertical axis spans. */
    public enum Axis {
        /** From 0, or the lowest value if that is lower. */
        FROM_ZERO,
        /** From the lowest value. */
        FREE,
        /** Orders of magnitude, where the values are above 0 and far apart. */
        LOGARITHMIC
    }

    /** The optimiser's rate. */
    public static final Metric LEARNING_RATE =
            new Metric("train/learning_rate", Kind.STANDING, Axis.FROM_ZERO, "Learning rate", "of the optimiser");

    /** Gradient updates so far; every learner has it. */
    public static final Metric UPDATES =
            new Metric("train/n_updates", Kind.STANDING, Axis.FROM_ZERO, "Updates", "of the network, so far");

    /** What is made small. */
    public static final Metric LOSS =
            new Metric("train/loss", Kind.MEAN_OF_UPDATES, Axis.LOGARITHMIC, "Loss", "mean since the row before");

    /** Norm of the gradient before it is clipped. */
    public static final Metric GRAD_NORM = new Metric(
            "train/grad_norm", Kind.MEAN_OF_UPDATES, Axis.LOGARITHMIC, "Gradient norm", "before it is clipped");

    /** Minus the entropy of the policy, of learners that have one. */
    public static final Metric ENTROPY_LOSS = new Metric(
            "train/entropy_loss", Kind.MEAN, Axis.FREE, "Entropy loss", "minus the policy's entropy, in nats");

    /** Of learners with a network that values states. */
    public static final Metric VALUE_LOSS = new Metric(
            "train/value_loss", Kind.MEAN, Axis.LOGARITHMIC, "Value loss", "squared error of the value network");

    /** Of learners that value states or actions. */
    public static final Metric EXPLAINED_VARIANCE = new Metric(
            "train/explained_variance",
            Kind.MEAN,
            Axis.FROM_ZERO,
            "Explained variance",
            "of the returns, by the value network");
}
