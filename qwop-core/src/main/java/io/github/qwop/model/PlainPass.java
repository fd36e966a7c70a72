package io.github.qwop.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.qwop.parallel.Workers;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A pass through a network without streams. The last layer has a block of rows for each action, and of these only the
 * block of the action that was chosen is computed: observations are grouped by it. The mean of a block is a row, so
 * that all means are one small layer.
 */
final class PlainPass implements QPass {

    private final PassMemory memory;
    private final Workers workers;
    private final QNetwork.Form form;
    private final TensorMlp mlp;
    private final NDManager manager;
    private final TensorMlp.Pass hidden;
    private final int batch;
    private final int width;
    private @Nullable NDArray meanWeights;

    /** Row of the batch that stands at a place when rows are grouped by action, and where each group begins. */
    private final int[] rows;

    private final int[] begins;

    PlainPass(QNetwork.Form form, TensorMlp mlp, NDArray observations, PassMemory memory, Workers workers) {
        this.memory = memory;
        this.workers = workers;
        this.form = form;
        this.mlp = mlp;
        manager = observations.getManager();
        hidden = mlp.passHidden(observations);
        batch = (int) observations.getShape().get(0);
        width = (int) mlp.lastWeights().getShape().get(1);
        rows = new int[batch];
        begins = new int[form.actionCount() + 1];
    }

    @Override
    public float[] means() {
        NDArray biases = own(mlp.lastBiases(), new Shape(form.actionCount(), form.quantiles()))
                .mean(new int[] {1});
        NDArray values = hidden.output();
        return values.getNDArrayInternal()
                .linear(values, meanWeights(), biases)
                .singletonOrThrow()
                .toFloatArray();
    }

    private NDArray meanWeights() {
        if (meanWeights == null) {
            meanWeights = own(mlp.lastWeights(), new Shape(form.actionCount(), form.quantiles(), width))
                    .mean(new int[] {1});
        }
        return meanWeights;
    }

    /** A parameter in another shape: what is made of it lives as long as this pass, and not as the parameter. */
    private NDArray own(NDArray parameter, Shape shape) {
        return NativeFloats.view(manager, parameter.toByteBuffer(true), 0, shape);
    }

    @Override
    public float[] quantiles(int[] actions) {
        group(actions);
        int quantiles = form.quantiles();
        float[] all = new float[batch * quantiles];
        NativeFloats values = grouped(PassMemory.Use.HIDDEN, hidden.output().toFloatArray(), width);
        for (int a = 0; a < form.actionCount(); a++) {
            int count = begins[a + 1] - begins[a];
            if (count > 0) {
                NDArray inputs = values.tensor(manager, begins[a] * width, new Shape(count, width));
                NDArray outputs = inputs.getNDArrayInternal()
                        .linear(inputs, block(mlp.lastWeights(), a, width), biases(a))
                        .singletonOrThrow();
                FloatBuffer some = Parameters.memory(outputs);
                for (int i = 0; i < count; i++) {
                    some.get(i * quantiles, all, rows[begins[a] + i] * quantiles, quantiles);
                }
            }
        }
        return all;
    }

    /** Sorts the rows by action, equal ones in their order. */
    private void group(int[] actions) {
        Arrays.fill(begins, 0);
        for (int i = 0; i < batch; i++) {
            begins[actions[i] + 1]++;
        }
        for (int a = 0; a < form.actionCount(); a++) {
            begins[a + 1] += begins[a];
        }
        int[] next = begins.clone();
        for (int i = 0; i < batch; i++) {
            rows[next[actions[i]]++] = i;
        }
    }

    /** The rows of a matrix in the order of their groups. */
    private NativeFloats grouped(PassMemory.Use use, float[] matrix, int columns) {
        NativeFloats grouped = memory.of(use, batch * columns);
        for (int i = 0; i < batch; i++) {
            grouped.values().put(i * columns, matrix, rows[i] * columns, columns);
        }
        return grouped;
    }

    /** The rows of an action in the last layer, as a tensor over the same memory. */
    private NDArray block(NDArray weights, int action, int columns) {
        return NativeFloats.view(
                manager,
                weights.toByteBuffer(true),
                action * form.quantiles() * columns,
                new Shape(form.quantiles(), columns));
    }

    private NDArray biases(int action) {
        return block(mlp.lastBiases(), action, 1).reshape(form.quantiles());
    }

    @Override
    public void backward(float[] ofQuantiles, float @Nullable [] ofMeans) {
        int quantiles = form.quantiles();
        float[] weightGradient = mlp.lastWeightGradient();
        float[] biasGradient = mlp.lastBiasGradient();
        NativeFloats values = grouped(PassMemory.Use.HIDDEN, hidden.output().toFloatArray(), width);
        NativeFloats gradients = grouped(PassMemory.Use.OF_QUANTILES, ofQuantiles, quantiles);
        float[] toHidden = new float[batch * width];
        workers.run(form.actionCount(), a -> {
            int count = begins[a + 1] - begins[a];
            if (count > 0) {
                NDArray gradient = gradients.tensor(manager, begins[a] * quantiles, new Shape(count, quantiles));
                NDArray inputs = values.tensor(manager, begins[a] * width, new Shape(count, width));
                NDArray ofWeights = gradient.transpose().matMul(inputs);
                Parameters.memory(ofWeights).get(0, weightGradient, a * quantiles * width, quantiles * width);
                FloatBuffer back = Parameters.memory(gradient.matMul(block(mlp.lastWeights(), a, width)));
                for (int i = 0; i < count; i++) {
                    int row = rows[begins[a] + i];
                    back.get(i * width, toHidden, row * width, width);
                    for (int k = 0; k < quantiles; k++) {
                        biasGradient[a * quantiles + k] += ofQuantiles[row * quantiles + k];
                    }
                }
            }
        });
        NDArray back =
                memory.of(PassMemory.Use.OF_OUTPUT, toHidden.length).tensor(manager, toHidden, new Shape(batch, width));
        hidden.backward(ofMeans == null ? back : back.add(backOfMeans(ofMeans)), false);
    }

    /** A mean has a share of each of its quantiles: so have these of its gradient. */
    private NDArray backOfMeans(float[] ofMeans) {
        int actions = form.actionCount();
        int quantiles = form.quantiles();
        NDArray gradient =
                memory.of(PassMemory.Use.OF_MEANS, batch * actions).tensor(manager, ofMeans, new Shape(batch, actions));
        float[] ofWeights =
                gradient.transpose().matMul(hidden.output()).div(quantiles).toFloatArray();
        float[] ofBiases = gradient.sum(new int[] {0}).div(quantiles).toFloatArray();
        float[] weightGradient = mlp.lastWeightGradient();
        float[] biasGradient = mlp.lastBiasGradient();
        for (int row = 0; row < actions * quantiles; row++) {
            int a = row / quantiles;
            for (int i = 0; i < width; i++) {
                weightGradient[row * width + i] += ofWeights[a * width + i];
            }
            biasGradient[row] += ofBiases[a];
        }
        return gradient.matMul(meanWeights());
    }
}
