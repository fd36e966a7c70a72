package io.github.qwop.model;

import ai.djl.ndarray.NDArray;
import io.github.qwop.parallel.Workers;
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

    /** Values of a chunk: enough to be worth a thread. */
    private static final int CHUNK = 1 << 14;

    private final List<NDArray> tensors;
    private final List<float[]> values = new ArrayList<>();
    private final List<float[]> gradients;
    private final List<Chunk> chunks = new ArrayList<>();
    private final double[] squares;
    private final Workers workers;
    private long updates;

    /** A part of tensor number {@code tensor}: what one worker takes at a time. */
    private record Chunk(int tensor, int from, int to) {}

    Optimiser(Parameters parameters, Workers workers) {
        this.workers = workers;
        tensors = parameters.tensors();
        gradients = parameters.gradients();
        for (int i = 0; i < tensors.size(); i++) {
            int size = (int) tensors.get(i).size();
            values.add(new float[size]);
            for (int from = 0; from < size; from += CHUNK) {
                chunks.add(new Chunk(i, from, Math.min(size, from + CHUNK)));
            }
        }
        squares = new double[chunks.size()];
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
        workers.run(chunks.size(), i -> squares[i] = squares(chunks.get(i)));
        double sum = 0;
        for (double square : squares) {
            sum += square;
        }
        double norm = Math.sqrt(sum);
        float rescale = maxGradNorm == null ? 1 : (float) Math.min(1, maxGradNorm / (norm + 1e-6));
        List<FloatBuffer> memories = tensors.stream().map(Parameters::memory).toList();
        workers.run(chunks.size(), i -> {
            Chunk chunk = chunks.get(i);
            FloatBuffer memory = memories.get(chunk.tensor);
            float[] tensor = values.get(chunk.tensor);
            float[] gradient = gradients.get(chunk.tensor);
            memory.get(chunk.from, tensor, chunk.from, chunk.to - chunk.from);
            step(chunk.tensor, chunk.from, chunk.to, tensor, gradient, rescale, learningRate);
            memory.put(chunk.from, tensor, chunk.from, chunk.to - chunk.from);
            Arrays.fill(gradient, chunk.from, chunk.to, 0);
        });
        return norm;
    }

    private double squares(Chunk chunk) {
        float[] gradient = gradients.get(chunk.tensor);
        float[] lanes = new float[LANES];
        float[] block = new float[LANES];
        for (int at = chunk.from; at < chunk.to; at += LANES) {
            int count = Math.min(LANES, chunk.to - at);
            // A copy, because a loop over two arrays vectorises only where both have the same index.
            System.arraycopy(gradient, at, block, 0, count);
            addSquares(block, lanes, count);
        }
        double sum = 0;
        for (float lane : lanes) {
            sum += lane;
        }
        return sum;
    }

    private static void addSquares(float[] x, float[] lanes, int count) {
        for (int k = 0; k < count; k++) {
            lanes[k] += x[k] * x[k];
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
     * Moves some values of tensor number i by their gradient, which is to be multiplied by {@code rescale} first, and
     * may be changed.
     *
     * @param from the first of them
     * @param to behind the last
     */
    abstract void step(int i, int from, int to, float[] tensor, float[] gradient, float rescale, double learningRate);

    /** What is remembered from update to update: lists of one array for each tensor. */
    abstract List<List<float[]>> moments();

    /** Begins anew, as if there had been no update. */
    public final void forget() {
        updates = 0;
        begin();
    }

    /** Sets what is remembered to what it is before the first update. */
    void begin() {
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
