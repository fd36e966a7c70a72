package io.github.qwop.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A multi-layer perceptron over tensors of some {@link Parameters}, for forward passes with gradients. */
public final class TensorMlp {

    private static final String WEIGHT = ".weight";
    private static final String BIAS = ".bias";
    private static final String SCALE = ".norm.weight";
    private static final String SHIFT = ".norm.bias";

    private final Parameters parameters;
    private final String name;
    private final Activation activation;
    private final boolean activateLast;
    private final List<Integer> sizes;
    private final List<NDArray> weights = new ArrayList<>();
    private final List<NDArray> biases = new ArrayList<>();
    private final List<@Nullable Norm> norms = new ArrayList<>();

    /** A {@link LayerNorm} of one part. */
    private record Norm(NDArray scale, NDArray shift) {}

    /**
     * What a layer leaves for the way back.
     *
     * @param input of the layer
     * @param normalised sums before scale and shift; null without normalisation
     * @param deviations that they were divided by
     * @param output after the activation, if it has one
     */
    private record Step(
            NDArray input,
            @Nullable NDArray normalised,
            @Nullable NDArray deviations,
            NDArray output) {}

    /** A forward pass that can be gone back: the gradient by hand, over PyTorch's products. */
    public final class Pass {

        private final List<Step> steps = new ArrayList<>();

        private Pass(NDArray input, int layers) {
            NDArray value = input;
            for (int i = 0; i < layers; i++) {
                Step step = step(i, value);
                steps.add(step);
                value = step.output;
            }
        }

        /** [batch × outputs]. */
        public NDArray output() {
            return steps.get(steps.size() - 1).output;
        }

        /**
         * Writes the gradients of the layers that were passed into those of the parameters.
         *
         * @param outputGradient of what is to become smaller, with respect to the output
         * @param toInput whether the gradient with respect to the input is wanted
         * @return that gradient; null if it is not wanted
         */
        public @Nullable NDArray backward(NDArray outputGradient, boolean toInput) {
            NDArray gradient = outputGradient;
            for (int i = steps.size() - 1; i >= 0; i--) {
                Step step = steps.get(i);
                if (isActivated(i)) {
                    gradient = activation == Activation.RELU
                            ? gradient.mul(step.output.gt(0))
                            : gradient.sub(gradient.mul(step.output).mul(step.output));
                }
                Norm norm = norms.get(i);
                if (norm != null && step.normalised != null && step.deviations != null) {
                    write(i, SCALE, gradient.mul(step.normalised).sum(new int[] {0}));
                    write(i, SHIFT, gradient.sum(new int[] {0}));
                    gradient = beforeNorm(gradient.mul(norm.scale), step.normalised, step.deviations);
                }
                write(i, BIAS, gradient.sum(new int[] {0}));
                write(i, WEIGHT, gradient.transpose().matMul(step.input));
                if (i == 0 && !toInput) {
                    return null;
                }
                gradient = gradient.matMul(weights.get(i));
            }
            return gradient;
        }

        private void write(int layer, String what, NDArray gradient) {
            Parameters.memory(gradient).get(0, parameters.gradient(name + "." + layer + what));
        }
    }

    /** Of normalised sums, what is left of their gradient when mean and deviation follow the sums. */
    private static NDArray beforeNorm(NDArray gradient, NDArray normalised, NDArray deviations) {
        int[] row = {1};
        NDArray along = normalised.mul(gradient.mul(normalised).mean(row, true));
        return gradient.sub(gradient.mean(row, true)).sub(along).div(deviations);
    }

    private boolean isActivated(int layer) {
        return layer < weights.size() - 1 || activateLast;
    }

    private Step step(int i, NDArray input) {
        NDArray sums = input.getNDArrayInternal()
                .linear(input, weights.get(i), biases.get(i))
                .singletonOrThrow();
        Norm norm = norms.get(i);
        NDArray normalised = null;
        NDArray deviations = null;
        if (norm != null) {
            int[] row = {1};
            NDArray centred = sums.sub(sums.mean(row, true));
            deviations =
                    centred.mul(centred).mean(row, true).add(LayerNorm.EPSILON).sqrt();
            normalised = centred.div(deviations);
            sums = normalised.mul(norm.scale).add(norm.shift);
        }
        return new Step(input, normalised, deviations, isActivated(i) ? activate(sums) : sums);
    }

    private NDArray activate(NDArray sums) {
        return activation == Activation.RELU ? sums.getNDArrayInternal().relu() : sums.tanh();
    }

    /**
     * A forward pass that can be gone back.
     *
     * @param input [batch × inputs]; all results belong to its manager
     */
    public Pass pass(NDArray input) {
        return new Pass(input, weights.size());
    }

    /** Likewise, but for the last layer, which is left out. */
    Pass passHidden(NDArray input) {
        return new Pass(input, weights.size() - 1);
    }

    /** Weights of the last layer, [outputs × inputs]. */
    NDArray lastWeights() {
        return weights.get(weights.size() - 1);
    }

    /** Biases of the last layer. */
    NDArray lastBiases() {
        return biases.get(biases.size() - 1);
    }

    /** The gradient of {@link #lastWeights}. */
    float[] lastWeightGradient() {
        return parameters.gradient(name + "." + (weights.size() - 1) + WEIGHT);
    }

    /** The gradient of {@link #lastBiases}. */
    float[] lastBiasGradient() {
        return parameters.gradient(name + "." + (biases.size() - 1) + BIAS);
    }

    /**
     * Adds a network's layers to parameters.
     *
     * @param name the network's, in front of its tensors' names
     * @param layers first values; a normalisation among them has one part
     * @param activateLast whether the activation also stands after the last layer, as in a trunk that others go on from
     */
    public TensorMlp(
            Parameters parameters, String name, List<DenseLayer> layers, Activation activation, boolean activateLast) {
        this.parameters = parameters;
        this.name = name;
        this.activation = activation;
        this.activateLast = activateLast;
        sizes = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            DenseLayer layer = layers.get(i);
            sizes.add(layer.inputs());
            weights.add(parameters.add(
                    name + "." + i + WEIGHT, layer.weight(), new Shape(layer.outputs(), layer.inputs())));
            biases.add(parameters.add(name + "." + i + BIAS, layer.bias(), new Shape(layer.outputs())));
            LayerNorm norm = layer.norm();
            norms.add(norm == null ? null : norm(i, norm));
        }
    }

    private Norm norm(int layer, LayerNorm norm) {
        if (norm.parts() != 1) {
            throw new IllegalArgumentException("A layer's normalisation has " + norm.parts() + " parts: give one.");
        }
        Shape shape = new Shape(norm.scale().length);
        return new Norm(
                parameters.add(name + "." + layer + SCALE, norm.scale(), shape),
                parameters.add(name + "." + layer + SHIFT, norm.shift(), shape));
    }

    /**
     * The network's output.
     *
     * @param input [batch × inputs]; all results belong to its manager
     * @return [batch × outputs]
     */
    public NDArray forward(NDArray input) {
        NDArray value = input;
        for (int i = 0; i < weights.size(); i++) {
            value = value.getNDArrayInternal()
                    .linear(value, weights.get(i), biases.get(i))
                    .singletonOrThrow();
            Norm norm = norms.get(i);
            if (norm != null) {
                value = value.getNDArrayInternal()
                        .layerNorm(value, norm.scale().getShape(), norm.scale(), norm.shift(), LayerNorm.EPSILON)
                        .singletonOrThrow();
            }
            if (i < weights.size() - 1 || activateLast) {
                value = activation == Activation.RELU
                        ? value.getNDArrayInternal().relu()
                        : value.tanh();
            }
        }
        return value;
    }

    /**
     * Takes over the values of a plain perceptron.
     *
     * @throws IllegalArgumentException if it has another form
     */
    public void set(Mlp network) {
        Mlp present = new Mlp(layers(), activation);
        if (!form(network).equals(form(present))) {
            throw new IllegalArgumentException("The given " + name + " has layers of " + form(network)
                    + ", this learner's has " + form(present)
                    + ": give learner.netArch, learner.activationFn and learner.layerNorm as that " + name
                    + " has them.");
        }
        for (int i = 0; i < network.layers().size(); i++) {
            DenseLayer layer = network.layers().get(i);
            parameters.set(name + "." + i + WEIGHT, layer.weight());
            parameters.set(name + "." + i + BIAS, layer.bias());
            if (layer.norm() != null) {
                parameters.set(name + "." + i + SCALE, layer.norm().scale());
                parameters.set(name + "." + i + SHIFT, layer.norm().shift());
            }
        }
    }

    private static String form(Mlp mlp) {
        List<Integer> sizes = new ArrayList<>(List.of(mlp.inputs()));
        mlp.layers().forEach(layer -> sizes.add(layer.outputs()));
        return sizes + " and " + mlp.activation() + (mlp.layerNorm() ? " with layer normalisation" : "");
    }

    /** A copy of the present layers, of which the last one's outputs are averaged in groups. */
    List<DenseLayer> layersWithMeans(int groups, int size) {
        List<DenseLayer> layers = layers(weights.size() - 1);
        int inputs = sizes.get(layers.size());
        try (NDArray rows = lastWeights().reshape(groups, size, inputs);
                NDArray means = rows.mean(new int[] {1});
                NDArray biases = lastBiases().reshape(groups, size);
                NDArray bias = biases.mean(new int[] {1})) {
            layers.add(new DenseLayer(inputs, groups, means.toFloatArray(), bias.toFloatArray()));
        }
        return layers;
    }

    /** A copy of the present layers. */
    public List<DenseLayer> layers() {
        return layers(weights.size());
    }

    private List<DenseLayer> layers(int count) {
        List<DenseLayer> layers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] bias = parameters.values(name + "." + i + BIAS);
            LayerNorm norm = norms.get(i) == null
                    ? null
                    : new LayerNorm(
                            1, parameters.values(name + "." + i + SCALE), parameters.values(name + "." + i + SHIFT));
            layers.add(
                    new DenseLayer(sizes.get(i), bias.length, parameters.values(name + "." + i + WEIGHT), bias, norm));
        }
        return layers;
    }
}
