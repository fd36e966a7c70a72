package io.github.qwop.model;

/**
 * A fully connected layer's parameters, as PyTorch's Linear has them.
 *
 * @param inputs number of inputs
 * @param outputs number of outputs
 * @param weight [outputs × inputs], row by row; not copied
 * @param bias [outputs]; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record DenseLayer(int inputs, int outputs, float[] weight, float[] bias) {

    /** Checks the arrays' lengths. */
    public DenseLayer {
        if (weight.length != inputs * outputs || bias.length != outputs) {
            throw new IllegalArgumentException("A layer of " + inputs + " inputs and " + outputs
                    + " outputs needs as many weights as their product and a bias per output, not " + weight.length
                    + " and " + bias.length + ".");
        }
    }
}
