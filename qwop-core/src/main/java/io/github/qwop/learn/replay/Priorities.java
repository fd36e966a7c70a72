package io.github.qwop.learn.replay;

import io.github.qwop.random.RandomStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Priorities of replay slots in a sum tree: a slot is drawn with probability proportional to its priority, (|error| +
 * 1e-6)^alpha (Schaul and others, 2016). There is one leaf for each slot, that is for each environment of each row.
 */
public final class Priorities {

    /** Added to errors, so that no transition is never drawn again. */
    private static final double LEAST_ERROR = 1e-6;

    private final int leaves;
    private final double[] sums;
    private final double alpha;
    private double largest = 1;

    public Priorities(int slots, double alpha) {
        this.alpha = alpha;
        int power = 1;
        while (power < slots) {
            power *= 2;
        }
        leaves = power;
        sums = new double[2 * power];
    }

    /** A new transition gets the largest priority so far. */
    public void addNew(int slot) {
        set(slot, largest);
    }

    public void forget(int slot) {
        set(slot, 0);
    }

    /**
     * Sets a slot's priority by its error, of either sign; one that is no longer finite counts as the largest so far.
     */
    public void update(int slot, double error) {
        double priority = Double.isFinite(error) ? Math.pow(Math.abs(error) + LEAST_ERROR, alpha) : largest;
        largest = Math.max(largest, priority);
        set(slot, priority);
    }

    /** Makes all transitions as likely as new ones, because the network whose errors these were is gone. */
    public void forgetErrors() {
        largest = 1;
        for (int i = leaves; i < 2 * leaves; i++) {
            sums[i] = sums[i] == 0 ? 0 : largest;
        }
        sum();
    }

    private void set(int slot, double priority) {
        int node = leaves + slot;
        sums[node] = priority;
        for (node /= 2; node >= 1; node /= 2) {
            sums[node] = sums[2 * node] + sums[2 * node + 1];
        }
    }

    public double total() {
        return sums[1];
    }

    public double priority(int slot) {
        return sums[leaves + slot];
    }

    /**
     * Draws a slot from one of several equal ranges of the sum of all priorities: one draw from each takes more
     * different slots than as many draws from the whole, and each slot as often in the mean.
     *
     * @param range 0 to {@code ranges} − 1
     */
    public int draw(RandomStream random, int range, int ranges) {
        double left = (range + random.nextDouble()) / ranges * sums[1];
        int node = 1;
        while (node < leaves) {
            node *= 2;
            if (left >= sums[node] && sums[node + 1] > 0) {
                left -= sums[node];
                node++;
            }
        }
        return node - leaves;
    }

    public void save(DataOutput out) throws IOException {
        out.writeDouble(largest);
        for (int i = leaves; i < 2 * leaves; i++) {
            out.writeDouble(sums[i]);
        }
    }

    public void restore(DataInput in) throws IOException {
        largest = in.readDouble();
        for (int i = leaves; i < 2 * leaves; i++) {
            sums[i] = in.readDouble();
        }
        sum();
    }

    private void sum() {
        for (int i = leaves - 1; i >= 1; i--) {
            sums[i] = sums[2 * i] + sums[2 * i + 1];
        }
    }
}
