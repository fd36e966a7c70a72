package io.github.qwop.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/** A multi-layer perceptron over tensors of some {@link Parameters}, for forward passes with gradients. */
public final class TensorMlp {

    private final Parameters parameters;
    private final String name;
    private final Activation activation;
    private final boolean activateLast;
    private final List<Integer> sizes;
    private final List<NDArray> weights = new ArrayList<>();
    private final List<NDArray> biases = new ArrayList<>();

    /**
     * Adds a network's layers to parameters.
     *
     * @param name the network's, in front of its tensors' names
     * @param layers first values
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
                    name + "." + i + ".weight", layer.weight(), new Shape(layer.outputs(), layer.inputs())));
            biases.add(parameters.add(name + "." + i + ".bias", layer.bias(), new Shape(layer.outputs())));
        }
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
        if (!sizes(network).equals(sizes(present)) || network.activation() != activation) {
            throw new IllegalArgumentException("The given " + name + " has layers of " + sizes(network) + " and "
                    + network.activation() + ", this learner's has " + sizes(present) + " and " + activation
                    + ": give learner.netArch and learner.activationFn as that " + name + " has them.");
        }
        for (int i = 0; i < network.layers().size(); i++) {
            parameters.set(name + "." + i + ".weight", network.layers().get(i).weight());
            parameters.set(name + "." + i + ".bias", network.layers().get(i).bias());
        }
    }

    private static List<Integer> sizes(Mlp mlp) {
        List<Integer> sizes = new ArrayList<>(List.of(mlp.inputs()));
        mlp.layers().forEach(layer -> sizes.add(layer.outputs()));
        return sizes;
    }

    /** A copy of the present layers. */
    public List<DenseLayer> layers() {
        List<DenseLayer> layers = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            float[] bias = parameters.values(name + "." + i + ".bias");
            layers.add(new DenseLayer(sizes.get(i), bias.length, parameters.values(name + "." + i + ".weight"), bias));
        }
        return layers;
    }
}
