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

    /**
     * Weights by [layer][input][output], so that the inner loop runs over outputs. A row is an array of its own: with
     * places inside a larger one the compiler does not see that what is read is not what is written, and gives up.
     */
    private final List<float[][]> rows = new ArrayList<>();

    private final List<float[]> values = new ArrayList<>();
    private final float[] half;

    /** Prepares to run a network; later changes of its arrays are not seen. */
    public MlpForward(Mlp mlp) {
        this.mlp = mlp;
        int widest = 0;
        for (DenseLayer layer : mlp.layers()) {
            float[][] flipped = new float[layer.inputs()][layer.outputs()];
            for (int o = 0; o < layer.outputs(); o++) {
                for (int i = 0; i < layer.inputs(); i++) {
                    flipped[i][o] = layer.weight()[o * layer.inputs() + i];
                }
            }
            rows.add(flipped);
            values.add(new float[layer.outputs()]);
            widest = Math.max(widest, layer.outputs());
        }
        half = new float[widest];
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
            float[][] weight = rows.get(l);
            int i = 0;
            for (; i + BLOCK <= layer.inputs(); i += BLOCK) {
                addBlock(weight, i, in, from + i, out);
            }
            for (; i < layer.inputs(); i++) {
                addScaled(weight[i], in[from + i], out);
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

    /**
     * Adds the rows of {@link #BLOCK} inputs at once: outputs are then read and written only once for all of them. In
     * two loops, because one with eight rows has more than the compiler vectorises; the order of the sums is that of
     * one.
     */
    private void addBlock(float[][] weight, int row, float[] in, int from, float[] out) {
        sumFour(weight, row + BLOCK / 2, in, from + BLOCK / 2, half, out.length);
        addFour(weight, row, in, from, half, out);
    }

    private static void sumFour(float[][] weight, int row, float[] in, int from, float[] sum, int n) {
        float[] w0 = weight[row];
        float[] w1 = weight[row + 1];
        float[] w2 = weight[row + 2];
        float[] w3 = weight[row + 3];
        float x0 = in[from];
        float x1 = in[from + 1];
        float x2 = in[from + 2];
        float x3 = in[from + 3];
        for (int o = 0; o < n; o++) {
            sum[o] = w0[o] * x0 + w1[o] * x1 + (w2[o] * x2 + w3[o] * x3);
        }
    }

    private static void addFour(float[][] weight, int row, float[] in, int from, float[] others, float[] out) {
        float[] w0 = weight[row];
        float[] w1 = weight[row + 1];
        float[] w2 = weight[row + 2];
        float[] w3 = weight[row + 3];
        float x0 = in[from];
        float x1 = in[from + 1];
        float x2 = in[from + 2];
        float x3 = in[from + 3];
        for (int o = 0; o < out.length; o++) {
            out[o] += w0[o] * x0 + w1[o] * x1 + (w2[o] * x2 + w3[o] * x3) + others[o];
        }
    }

    private static void addScaled(float[] row, float x, float[] out) {
        for (int o = 0; o < out.length; o++) {
            out[o] += row[o] * x;
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
