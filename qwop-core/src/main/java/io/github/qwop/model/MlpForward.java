package io.github.qwop.model;

import java.util.ArrayList;
import java.util.List;

/** Runs an {@link Mlp} in plain Java, without allocation. Not thread safe. */
public final class MlpForward {

    /** Inputs that {@link #addBlock} takes. */
    private static final int BLOCK = 8;

    /** From here on the hyperbolic tangent is 1 in floats. */
    private static final float TANH_IS_ONE = 10;

    private final Mlp mlp;

    /** Weights by [inputs × outputs], so that the inner loop runs over outputs and vectorises. */
    private final List<float[]> transposed = new ArrayList<>();

    private final List<float[]> values = new ArrayList<>();

    /** Prepares to run a network; later changes of its arrays are not seen. */
    public MlpForward(Mlp mlp) {
        this.mlp = mlp;
        for (DenseLayer layer : mlp.layers()) {
            float[] flipped = new float[layer.weight().length];
            for (int o = 0; o < layer.outputs(); o++) {
                for (int i = 0; i < layer.inputs(); i++) {
                    flipped[i * layer.outputs() + o] = layer.weight()[o * layer.inputs() + i];
                }
            }
            transposed.add(flipped);
            values.add(new float[layer.outputs()]);
        }
    }

    /**
     * Computes the outputs of one input.
     *
     * @param input holds {@link Mlp#inputs} values from index {@code offset} on
     * @return {@link Mlp#outputs} values, valid until the next call
     */
    public float[] run(float[] input, int offset) {
        float[] in = input;
        int from = offset;
        int last = values.size() - 1;
        for (int l = 0; l <= last; l++) {
            DenseLayer layer = mlp.layers().get(l);
            float[] out = values.get(l);
            System.arraycopy(layer.bias(), 0, out, 0, out.length);
            float[] weight = transposed.get(l);
            int i = 0;
            for (; i + BLOCK <= layer.inputs(); i += BLOCK) {
                addBlock(weight, i * out.length, in, from + i, out);
            }
            for (; i < layer.inputs(); i++) {
                addScaled(weight, i * out.length, in[from + i], out);
            }
            if (layer.norm() != null) {
                layer.norm().normalise(out);
            }
            if (l < last) {
                activate(out);
            }
            in = out;
            from = 0;
        }
        return in;
    }

    /** Adds the rows of {@link #BLOCK} inputs at once: outputs are then read and written only once for all of them. */
    private static void addBlock(float[] weight, int row, float[] in, int from, float[] out) {
        int n = out.length;
        int row1 = row + n;
        int row2 = row1 + n;
        int row3 = row2 + n;
        int row4 = row3 + n;
        int row5 = row4 + n;
        int row6 = row5 + n;
        int row7 = row6 + n;
        float x0 = in[from];
        float x1 = in[from + 1];
        float x2 = in[from + 2];
        float x3 = in[from + 3];
        float x4 = in[from + 4];
        float x5 = in[from + 5];
        float x6 = in[from + 6];
        float x7 = in[from + 7];
        for (int o = 0; o < n; o++) {
            out[o] += weight[row + o] * x0
                    + weight[row1 + o] * x1
                    + (weight[row2 + o] * x2 + weight[row3 + o] * x3)
                    + (weight[row4 + o] * x4 + weight[row5 + o] * x5 + (weight[row6 + o] * x6 + weight[row7 + o] * x7));
        }
    }

    private static void addScaled(float[] weight, int row, float x, float[] out) {
        for (int o = 0; o < out.length; o++) {
            out[o] += weight[row + o] * x;
        }
    }

    private void activate(float[] out) {
        if (mlp.activation() == Activation.RELU) {
            for (int o = 0; o < out.length; o++) {
                out[o] = Math.max(out[o], 0);
            }
        } else {
            tanh(out);
        }
    }

    /**
     * The hyperbolic tangent to 3e-7 of its value, vectorised: four terms of Lambert's continued fraction for a quarter
     * of the argument, then twice tanh 2x = 2 tanh x / (1 + tanh² x), which does not enlarge relative errors.
     */
    static void tanh(float[] values) {
        for (int i = 0; i < values.length; i++) {
            float x = Math.max(-TANH_IS_ONE, Math.min(values[i], TANH_IS_ONE)) / 4;
            float s = x * x;
            float quarter = x * (105 + 10 * s) / (105 + s * (45 + s));
            float half = (quarter + quarter) / (1 + quarter * quarter);
            values[i] = (half + half) / (1 + half * half);
        }
    }
}
