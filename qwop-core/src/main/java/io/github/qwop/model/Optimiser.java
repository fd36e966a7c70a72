package io.github.qwop.model;

import ai.djl.ndarray.NDArray;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Updates some {@link Parameters} by their gradients. The arithmetic is done in plain Java on PyTorch's memory, one
 * pass per tensor: made of tensor operations it would read and write every value a dozen times.
 */
public abstract sealed class Optimiser permits Adam, RmsProp {

    /** Squares are summed in so many lanes, in one order on every machine, and fast: the lanes vectorise. */
    private static final int LANES = 256;

    private final List<NDArray> tensors;
    private final List<float[]> values = new ArrayList<>();
    private final List<float[]> gradients = new ArrayList<>();
    private final List<float[]> zeros = new ArrayList<>();
    private final float[] lanes = new float[LANES];
    private long updates;

    Optimiser(Parameters parameters) {
        tensors = parameters.tensors();
        for (NDArray tensor : tensors) {
            int size = (int) tensor.size();
            values.add(new float[size]);
            gradients.add(new float[size]);
            zeros.add(new float[size]);
        }
    }

    /** Number of updates done. */
    public final long updates() {
        return updates;
    }

    /**
     * One update by the tensors' gradients, which are zeroed.
     *
     * @param learningRate the rate
     * @param maxGradNorm the gradient's largest global norm; null for no limit
     * @return the gradient's global norm before the limit
     */
    public final double update(double learningRate, @Nullable Double maxGradNorm) {
        updates++;
        double squares = 0;
        for (int i = 0; i < tensors.size(); i++) {
            try (NDArray gradient = tensors.get(i).getGradient()) {
                FloatBuffer memory = memory(gradient);
                memory.get(0, gradients.get(i));
                memory.put(0, zeros.get(i));
            }
            squares += squares(gradients.get(i));
        }
        double norm = Math.sqrt(squares);
        float rescale = maxGradNorm == null ? 1 : (float) Math.min(1, maxGradNorm / (norm + 1e-6));
        for (int i = 0; i < tensors.size(); i++) {
            FloatBuffer memory = memory(tensors.get(i));
            float[] tensor = values.get(i);
            memory.get(0, tensor);
            step(i, tensor, gradients.get(i), rescale, learningRate);
            memory.put(0, tensor);
        }
        return norm;
    }

    /** A view of a tensor's memory: not kept, because setting a tensor's values moves it elsewhere. */
    private static FloatBuffer memory(NDArray tensor) {
        return tensor.toByteBuffer(true).asFloatBuffer();
    }

    private double squares(float[] x) {
        Arrays.fill(lanes, 0);
        int at = 0;
        for (; at + LANES <= x.length; at += LANES) {
            addSquares(x, at, LANES);
        }
        addSquares(x, at, x.length - at);
        double sum = 0;
        for (float lane : lanes) {
            sum += lane;
        }
        return sum;
    }

    private void addSquares(float[] x, int from, int count) {
        for (int k = 0; k < count; k++) {
            lanes[k] += x[from + k] * x[from + k];
        }
    }

    /** One array of zeros for each tensor, for what an optimiser remembers. */
    final List<float[]> zeroMoments() {
        List<float[]> moments = new ArrayList<>();
        for (float[] tensor : values) {
            moments.add(new float[tensor.length]);
        }
        return moments;
    }

    /**
     * Moves the values of tensor number i by its gradient, which is to be multiplied by {@code rescale} first, and may
     * be changed.
     */
    abstract void step(int i, float[] tensor, float[] gradient, float rescale, double learningRate);

    /** What is remembered from update to update: lists of one array for each tensor. */
    abstract List<List<float[]>> moments();

    /** Begins anew, as if there had been no update. */
    public final void forget() {
        updates = 0;
        moments().forEach(moment -> moment.forEach(values -> Arrays.fill(values, 0)));
    }

    /** Writes the number of updates and the moments. */
    public final void save(DataOutput out) throws IOException {
        out.writeLong(updates);
        for (int i = 0; i < tensors.size(); i++) {
            for (List<float[]> moment : moments()) {
                Floats.write(out, moment.get(i));
            }
        }
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @throws IOException if it belongs to parameters of another form
     */
    public final void restore(DataInput in) throws IOException {
        updates = in.readLong();
        for (int i = 0; i < tensors.size(); i++) {
            for (List<float[]> moment : moments()) {
                float[] read = Floats.read(in);
                if (read.length != moment.get(i).length) {
                    throw new IOException("the saved optimiser has " + read.length + " values for tensor " + i
                            + ", where this network has " + moment.get(i).length);
                }
                System.arraycopy(read, 0, moment.get(i), 0, read.length);
            }
        }
    }
}
