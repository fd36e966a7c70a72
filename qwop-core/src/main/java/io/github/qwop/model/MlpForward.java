package io.github.qwop.model;

import java.util.ArrayList;
import java.util.List;

/** Runs an {@link Mlp} in plain Java, without allocation. Not thread safe. */
public final class MlpForward {

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
            for (int i = 0; i < layer.inputs(); i++) {
                float x = in[from + i];
                if (x != 0) {
                    addScaled(weight, i * out.length, x, out);
                }
            }
            if (l < last) {
                activate(out);
            }
            in = out;
            from = 0;
        }
        return in;
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
            for (int o = 0; o < out.length; o++) {
                out[o] = (float) StrictMath.tanh(out[o]);
            }
        }
    }
}
