package io.github.qwop.learn;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

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

    /** Writes what {@link #restore} needs to go on bit for bit. */
    public void save(DataOutput out) throws IOException {
        out.writeDouble(sum);
        out.writeLong(count);
    }

    /** Goes on from what {@link #save} wrote. */
    public void restore(DataInput in) throws IOException {
        sum = in.readDouble();
        count = in.readLong();
    }
}
