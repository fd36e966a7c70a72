package io.github.qwop.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A network's trainable tensors, by name and in order, in PyTorch's memory until {@link #close}. */
public final class Parameters implements AutoCloseable {

    private final NDManager manager;
    private final Map<String, NDArray> tensors = new LinkedHashMap<>();
    private final Map<String, float[]> gradients = new LinkedHashMap<>();

    private final boolean trained;

    /**
     * No tensors yet.
     *
     * @param trained whether gradients are computed for them; a target network needs none
     */
    public Parameters(boolean trained) {
        this.trained = trained;
        manager = Engine.getEngine("PyTorch").newBaseManager();
    }

    /**
     * Adds a tensor.
     *
     * @return the tensor, owned by these parameters
     */
    public NDArray add(String name, float[] values, Shape shape) {
        NDArray tensor = manager.create(values, shape);
        tensor.setRequiresGradient(trained);
        tensors.put(name, tensor);
        gradients.put(name, new float[values.length]);
        return tensor;
    }

    /**
     * A tensor's gradient, which networks write and an {@link Optimiser} follows and zeroes.
     *
     * @return as many values as the tensor has, row by row
     */
    public float[] gradient(String name) {
        return Objects.requireNonNull(gradients.get(name), name);
    }

    /** All gradients, in the order of {@link #tensors}. */
    List<float[]> gradients() {
        return new ArrayList<>(gradients.values());
    }

    /** A view of a tensor's memory: not kept, because setting a tensor's values moves it elsewhere. */
    static FloatBuffer memory(NDArray tensor) {
        return tensor.toByteBuffer(true).asFloatBuffer();
    }

    /** The manager that the tensors live as long as; work in sub-managers of it. */
    public NDManager manager() {
        return manager;
    }

    /** All tensors, in the order of their addition. */
    public List<NDArray> tensors() {
        return new ArrayList<>(tensors.values());
    }

    /** A copy of a tensor's values, row by row. */
    public float[] values(String name) {
        NDArray tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("There is no parameter " + name + " among " + tensors.keySet() + ".");
        }
        return tensor.toFloatArray();
    }

    /**
     * Sets a tensor's values.
     *
     * @throws IllegalArgumentException if there is no such tensor, or it has another number of values
     */
    public void set(String name, float[] values) {
        NDArray tensor = tensors.get(name);
        if (tensor == null || tensor.size() != values.length) {
            throw new IllegalArgumentException("The parameter " + name + " with " + values.length
                    + " values does not fit this network's " + tensors.keySet() + ".");
        }
        tensor.set(values);
    }

    /**
     * Moves every tensor towards those of equal parameters: Polyak averaging.
     *
     * @param tau share of the other's value, 1 copies it
     */
    public void follow(Parameters other, double tau) {
        for (Map.Entry<String, NDArray> entry : tensors.entrySet()) {
            NDArray mine = entry.getValue();
            float[] values = other.values(entry.getKey());
            if (tau < 1) {
                float[] old = mine.toFloatArray();
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (old[i] + tau * (values[i] - old[i]));
                }
            }
            mine.set(values);
        }
    }

    /** Writes names, lengths and values. */
    public void save(DataOutput out) throws IOException {
        out.writeInt(tensors.size());
        for (Map.Entry<String, NDArray> entry : tensors.entrySet()) {
            out.writeUTF(entry.getKey());
            Floats.write(out, entry.getValue().toFloatArray());
        }
    }

    /**
     * Reads what {@link #save} wrote into these tensors.
     *
     * @throws IOException if names or lengths differ: the saved network has another shape
     */
    public void restore(DataInput in) throws IOException {
        int count = in.readInt();
        if (count != tensors.size()) {
            throw new IOException("the saved network has " + count + " tensors, this one has " + tensors.size());
        }
        for (Map.Entry<String, NDArray> entry : tensors.entrySet()) {
            String name = in.readUTF();
            float[] values = Floats.read(in);
            if (!name.equals(entry.getKey())
                    || values.length != entry.getValue().size()) {
                throw new IOException("the saved network has " + name + " with " + values.length
                        + " values where this one has " + entry.getKey() + " with "
                        + entry.getValue().size());
            }
            entry.getValue().set(values);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
