package io.github.qwop.model;

/** A network's outputs in doubles, which floats only come near to: how near, tells what rounding does to it. */
public final class ExactForward {

    private ExactForward() {}

    /**
     * Computes the outputs of one input.
     *
     * @param input holds {@link Mlp#inputs} values from index {@code offset} on
     * @return {@link Mlp#outputs} values
     */
    public static double[] run(Mlp mlp, float[] input, int offset) {
        double[] values = new double[mlp.inputs()];
        for (int i = 0; i < values.length; i++) {
            values[i] = input[offset + i];
        }
        int last = mlp.layers().size() - 1;
        for (int l = 0; l <= last; l++) {
            values = sums(mlp.layers().get(l), values);
            if (l < last) {
                activate(mlp.activation(), values);
            }
        }
        return values;
    }

    private static double[] sums(DenseLayer layer, double[] values) {
        double[] sums = new double[layer.outputs()];
        for (int o = 0; o < sums.length; o++) {
            sums[o] = layer.bias()[o];
            for (int i = 0; i < values.length; i++) {
                sums[o] += values[i] * layer.weight()[o * values.length + i];
            }
        }
        if (layer.norm() != null) {
            layer.norm().normalise(sums);
        }
        return sums;
    }

    private static void activate(Activation activation, double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = activation == Activation.RELU ? Math.max(0, values[i]) : Math.tanh(values[i]);
        }
    }
}
