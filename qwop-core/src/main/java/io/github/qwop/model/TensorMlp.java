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

    /** A copy of the present layers. */
    public List<DenseLayer> layers() {
        List<DenseLayer> layers = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
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
