package io.github.qwop.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adam (Kingma and Ba, 2015) with PyTorch's semantics: epsilon is added to the bias-corrected root. The engine's own
 * update step adds it before; the corrections are folded into its rate and epsilon, which gives the same result.
 */
public final class Adam {

    private final List<NDArray> tensors;
    private final List<NDArray> means = new ArrayList<>();
    private final List<NDArray> variances = new ArrayList<>();
    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private long updates;

    /** An optimiser for all tensors of some parameters. */
    public Adam(Parameters parameters, double beta1, double beta2, double epsilon) {
        tensors = parameters.tensors();
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        for (NDArray tensor : tensors) {
            means.add(parameters.manager().zeros(tensor.getShape()));
            variances.add(parameters.manager().zeros(tensor.getShape()));
        }
    }

    /** Number of updates done. */
    public long updates() {
        return updates;
    }

    /**
     * One update by the tensors' gradients, which are zeroed.
     *
     * @param learningRate the rate
     * @param maxGradNorm the gradient's largest global norm; null for no limit
     * @return the gradient's global norm before the limit
     */
    public double update(double learningRate, @Nullable Double maxGradNorm) {
        updates++;
        List<NDArray> gradients = new ArrayList<>();
        double squares = 0;
        for (NDArray tensor : tensors) {
            NDArray gradient = tensor.getGradient();
            gradients.add(gradient);
            try (NDArray flat = gradient.reshape(new Shape(1, -1));
                    NDArray column = gradient.reshape(new Shape(-1, 1));
                    NDArray product = flat.matMul(column)) {
                squares += product.toFloatArray()[0];
            }
        }
        double norm = Math.sqrt(squares);
        double rescale = maxGradNorm == null ? 1 : Math.min(1, maxGradNorm / (norm + 1e-6));
        double root = Math.sqrt(1 - Math.pow(beta2, (double) updates));
        double rate = learningRate * root / (1 - Math.pow(beta1, (double) updates));
        for (int i = 0; i < tensors.size(); i++) {
            NDArray tensor = tensors.get(i);
            try (NDArray gradient = gradients.get(i)) {
                tensor.getNDArrayInternal()
                        .adamUpdate(
                                new NDList(tensor, gradient, means.get(i), variances.get(i)),
                                new NDList(tensor),
                                (float) learningRate,
                                (float) rate,
                                0,
                                (float) rescale,
                                -1,
                                (float) beta1,
                                (float) beta2,
                                (float) (epsilon * root),
                                false,
                                false);
                gradient.subi(gradient);
            }
        }
        return norm;
    }

    /** Writes the moments and the number of updates. */
    public void save(DataOutput out) throws IOException {
        out.writeLong(updates);
        for (int i = 0; i < tensors.size(); i++) {
            Floats.write(out, means.get(i).toFloatArray());
            Floats.write(out, variances.get(i).toFloatArray());
        }
    }

    /** Reads what {@link #save} wrote. */
    public void restore(DataInput in) throws IOException {
        updates = in.readLong();
        for (int i = 0; i < tensors.size(); i++) {
            means.get(i).set(Floats.read(in));
            variances.get(i).set(Floats.read(in));
        }
    }
}
