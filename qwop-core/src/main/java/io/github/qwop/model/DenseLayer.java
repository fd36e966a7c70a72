package io.github.qwop.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A fully connected layer's parameters, as PyTorch's Linear has them.
 *
 * @param inputs number of inputs
 * @param outputs number of outputs
 * @param weight [outputs × inputs], row by row; not copied
 * @param bias [outputs]; not copied
 * @param norm what normalises its sums before the activation; null for nothing
 */
@SuppressWarnings("ArrayRecordComponent")
public record DenseLayer(
        int inputs,
        int outputs,
        float[] weight,
        float[] bias,
        @Nullable LayerNorm norm) {

    /** Checks the arrays' lengths. */
    public DenseLayer {
        if (weight.length != inputs * outputs || bias.length != outputs) {
            throw new IllegalArgumentException("A layer of " + inputs + " inputs and " + outputs
                    + " outputs needs as many weights as their product and a bias per output, not " + weight.length
                    + " and " + bias.length + ".");
        }
        if (norm != null && norm.scale().length != outputs) {
            throw new IllegalArgumentException("A layer of " + outputs
                    + " outputs needs a normalisation with as many scales, not " + norm.scale().length + ".");
        }
    }

    /** A layer without normalisation. */
    public DenseLayer(int inputs, int outputs, float[] weight, float[] bias) {
        this(inputs, outputs, weight, bias, null);
    }

    /** What no output exceeds while no input exceeds a size; not a number, or infinite, if there is no such bound. */
    double largest(double input) {
        double largest = 0;
        for (int o = 0; o < outputs; o++) {
            double sum = Math.abs(bias[o]);
            for (int i = 0; i < inputs; i++) {
                sum += input * Math.abs(weight[o * inputs + i]);
            }
            largest = Math.max(largest, sum);
        }
        return norm == null || !(largest <= Float.MAX_VALUE) ? largest : norm.largest();
    }

    /** The same layer with its sums normalised, as that begins: every scale is 1 and every shift 0. */
    public DenseLayer normalised() {
        float[] ones = new float[outputs];
        Arrays.fill(ones, 1);
        return new DenseLayer(inputs, outputs, weight, bias, new LayerNorm(1, ones, new float[outputs]));
    }
}
