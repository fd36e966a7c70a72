package io.github.qwop.learn;

/** The mean of what was added since it was last taken. */
public final class RunningMean {

    private double sum;
    private long count;

    /** Adds a value. */
    public void add(double value) {
        sum += value;
        count++;
    }

    /** The mean, NaN if nothing was added; begins anew. */
    public double take() {
        double mean = count == 0 ? Double.NaN : sum / count;
        sum = 0;
        count = 0;
        return mean;
    }
}
