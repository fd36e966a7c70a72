package io.github.qwop.run.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last values of a training signal, of which a new one may be many times the median. */
final class SignalHistory {

    /** So many evaluations are remembered. */
    private static final int LONGEST = 10;

    /** A median of fewer says little. */
    private static final int SHORTEST = 5;

    private final Deque<Double> magnitudes = new ArrayDeque<>();

    /**
     * Adds a finite value.
     *
     * @return by how many times its magnitude exceeds the median of those before it; 0 if they are too few, or nothing
     */
    double add(double value) {
        double magnitude = Math.abs(value);
        double median = magnitudes.size() < SHORTEST ? 0 : median();
        magnitudes.addLast(magnitude);
        if (magnitudes.size() > LONGEST) {
            magnitudes.removeFirst();
        }
        return median > 0 ? magnitude / median : 0;
    }

    private double median() {
        double[] sorted =
                magnitudes.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(magnitudes.size());
        for (double magnitude : magnitudes) {
            out.writeDouble(magnitude);
        }
    }

    void restore(DataInput in) throws IOException {
        magnitudes.clear();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            magnitudes.addLast(in.readDouble());
        }
    }
}
