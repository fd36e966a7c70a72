package io.github.qwop.model;

import java.util.List;

/**
 * A multi-layer perceptron in plain arrays: what policies act with and what files carry.
 *
 * @param layers at least one; the activation stands after each but the last, and before it the layer's normalisation,
 *     if it has one: all but the last have it, or none has
 * @param activation after hidden layers
 */
public record Mlp(List<DenseLayer> layers, Activation activation) {

    /** Checks that each layer takes what the one before gives, and where layers are normalised. */
    public Mlp {
        layers = List.copyOf(layers);
        for (int i = 1; i < layers.size(); i++) {
            if (layers.get(i).inputs() != layers.get(i - 1).outputs()) {
                throw new IllegalArgumentException(
                        "Layer " + i + " takes " + layers.get(i).inputs() + " inputs, but the layer before it gives "
                                + layers.get(i - 1).outputs() + ".");
            }
        }
        for (int i = 0; i < layers.size(); i++) {
            boolean wanted = i < layers.size() - 1 && layers.get(0).norm() != null;
            if ((layers.get(i).norm() != null) != wanted) {
                throw new IllegalArgumentException("Layer " + i + " of " + layers.size() + " is "
                        + (wanted ? "not " : "") + "normalised: all layers but the last are, or none is.");
            }
        }
    }

    /** Whether the hidden layers' sums are normalised. */
    public boolean layerNorm() {
        return layers.get(0).norm() != null;
    }

    /** Sizes of the hidden layers. */
    public List<Integer> hidden() {
        return layers.subList(0, layers.size() - 1).stream()
                .map(DenseLayer::outputs)
                .toList();
    }

    /** Number of inputs of the first layer. */
    public int inputs() {
        return layers.get(0).inputs();
    }

    /** Number of outputs of the last layer. */
    public int outputs() {
        return layers.get(layers.size() - 1).outputs();
    }

    /**
     * Whether its outputs are numbers for any inputs from −1 to 1: a training that has diverged leaves networks with
     * weights that are none, or so large that sums of them are none.
     */
    public boolean isFinite() {
        double largest = 1;
        for (int i = 0; i < layers.size(); i++) {
            largest = layers.get(i).largest(largest);
            if (!(largest <= Float.MAX_VALUE)) {
                return false;
            }
            if (i < layers.size() - 1 && activation == Activation.TANH) {
                largest = 1;
            }
        }
        return true;
    }

    /**
     * The same network with groups of outputs averaged: exact, because the last layer is linear.
     *
     * @param groups number of groups of neighbouring outputs, such as actions of a quantile network
     */
    public Mlp averaged(int groups) {
        DenseLayer last = layers.get(layers.size() - 1);
        int size = last.outputs() / groups;
        float[] weight = new float[groups * last.inputs()];
        float[] bias = new float[groups];
        double[] sum = new double[last.inputs()];
        for (int group = 0; group < groups; group++) {
            java.util.Arrays.fill(sum, 0);
            double biasSum = 0;
            for (int k = 0; k < size; k++) {
                int output = group * size + k;
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += last.weight()[output * sum.length + i];
                }
                biasSum += last.bias()[output];
            }
            for (int i = 0; i < sum.length; i++) {
                weight[group * sum.length + i] = (float) (sum[i] / size);
            }
            bias[group] = (float) (biasSum / size);
        }
        List<DenseLayer> averaged = new java.util.ArrayList<>(layers.subList(0, layers.size() - 1));
        averaged.add(new DenseLayer(last.inputs(), groups, weight, bias));
        return new Mlp(averaged, activation);
    }
}
