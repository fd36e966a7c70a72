package io.github.qwop.run.training;

/**
 * How fast a training comes on: environment steps a second of late, in which evaluations and checkpoints have the share
 * that they have in the long run. Between two evaluations a training would else look faster than it is, and during one
 * far slower.
 */
final class Rate {

    private static final double NANOS = 1e9;

    /** Learning that lies so far back, in nanoseconds of learning, counts for half. */
    private static final double HALF_LIFE = 20 * NANOS;

    /** Of one evaluation to the next the time may double: the newest counts for so much. */
    private static final double NEWEST = 0.5;

    private final double stepsPerEvaluation;
    private final double stepsPerCheckpoint;
    private double steps;
    private double nanos;
    private double evaluation;
    private double checkpoint;

    /** The rate of a training that has not begun. */
    Rate(double stepsPerEvaluation, double stepsPerCheckpoint) {
        this.stepsPerEvaluation = stepsPerEvaluation;
        this.stepsPerCheckpoint = stepsPerCheckpoint;
    }

    /** Counts a piece of playing and learning. */
    void learned(long moreSteps, long moreNanos) {
        double kept = Math.pow(0.5, moreNanos / HALF_LIFE);
        steps = steps * kept + moreSteps;
        nanos = nanos * kept + moreNanos;
    }

    /** Counts an evaluation. */
    void evaluated(long moreNanos) {
        evaluation = newer(evaluation, (double) moreNanos);
    }

    /** Counts a checkpoint. */
    void saved(long moreNanos) {
        checkpoint = newer(checkpoint, (double) moreNanos);
    }

    private static double newer(double mean, double newest) {
        return mean == 0 ? newest : (1 - NEWEST) * mean + NEWEST * newest;
    }

    /** Environment steps a second of wall time; 0 before anything was learned. */
    double stepsPerSecond() {
        return steps == 0
                ? 0
                : NANOS / (nanos / steps + evaluation / stepsPerEvaluation + checkpoint / stepsPerCheckpoint);
    }
}
