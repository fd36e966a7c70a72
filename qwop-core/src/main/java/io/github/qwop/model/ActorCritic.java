package io.github.qwop.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.qwop.parallel.Workers;
import io.github.qwop.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** A policy network and a network of values, of one form, which share nothing. */
public final class ActorCritic implements AutoCloseable {

    /** Rows of one forward pass: what fits the processor's cache. */
    private static final int CHUNK = 256;

    /** Name of the policy's network, in front of its parameters' names. */
    public static final String POLICY = "policy";

    private static final double HIDDEN_GAIN = Math.sqrt(2);
    private static final double POLICY_GAIN = 0.01;
    private static final double VALUE_GAIN = 1;

    private final Form form;
    private final Workers workers;
    private final int observationSize;
    private final int actionCount;
    private final int valueCount;
    private final Parameters parameters = new Parameters(false);
    private final TensorMlp policy;
    private final TensorMlp value;
    private final NativeFloats chunk;
    private final NativeFloats logitGradients;
    private final NativeFloats valueGradients;

    /**
     * What both networks look like.
     *
     * @param netArch widths of the hidden layers
     * @param activation after each of them
     * @param layerNorm whether each is normalised before that
     * @param orthoInit whether they begin orthogonal, as stable-baselines3 has it, or uniform, as PyTorch has it
     */
    public record Form(List<Integer> netArch, Activation activation, boolean layerNorm, boolean orthoInit) {

        /** Copies the widths. */
        public Form {
            netArch = List.copyOf(netArch);
        }
    }

    /**
     * What the second network tells of an observation.
     *
     * @param count its outputs: one value, or one for each action
     * @param gain with which its last layer begins, if that is orthogonal
     */
    public record Values(int count, double gain) {

        /** One value of each state. */
        public static final Values OF_STATES = new Values(1, VALUE_GAIN);
    }

    /**
     * New networks.
     *
     * @param batchCapacity largest batch of {@link #differentiate}
     * @param workers learn the two networks side by side
     */
    public ActorCritic(
            Form form,
            int observationSize,
            int actionCount,
            Values values,
            int batchCapacity,
            RandomStream random,
            Workers workers) {
        this.form = form;
        this.workers = workers;
        this.observationSize = observationSize;
        this.actionCount = actionCount;
        valueCount = values.count();
        policy = network(POLICY, actionCount, POLICY_GAIN, random);
        value = network("value", valueCount, values.gain(), random);
        chunk = new NativeFloats(CHUNK * observationSize);
        logitGradients = new NativeFloats(batchCapacity * actionCount);
        valueGradients = new NativeFloats(batchCapacity * valueCount);
    }

    private TensorMlp network(String name, int outputs, double lastGain, RandomStream random) {
        List<DenseLayer> layers = new ArrayList<>();
        int width = observationSize;
        for (int size : form.netArch()) {
            DenseLayer hidden = layer(random, width, size, HIDDEN_GAIN);
            layers.add(form.layerNorm() ? hidden.normalised() : hidden);
            width = size;
        }
        layers.add(layer(random, width, outputs, lastGain));
        return new TensorMlp(parameters, name, layers, form.activation(), false);
    }

    private DenseLayer layer(RandomStream random, int inputs, int outputs, double gain) {
        return form.orthoInit()
                ? Initialisation.orthogonal(random, inputs, outputs, gain)
                : Initialisation.uniform(random, inputs, outputs);
    }

    /** The values of both networks, with their gradients. */
    public Parameters parameters() {
        return parameters;
    }

    /** The policy as it is now. */
    public Mlp actor() {
        return new Mlp(policy.layers(), form.activation());
    }

    /** The network of values as it is now. */
    public Mlp critic() {
        return new Mlp(value.layers(), form.activation());
    }

    /**
     * Takes over a policy.
     *
     * @throws IllegalArgumentException if it has another form
     */
    public void setActor(Mlp actor) {
        policy.set(actor);
    }

    /**
     * Takes over a value network.
     *
     * @throws IllegalArgumentException if it has another form
     */
    public void setCritic(Mlp critic) {
        value.set(critic);
    }

    /**
     * Values some observations, where there is one value of each.
     *
     * @param observations [at least count × observation size]
     * @param values receives count values
     */
    public void value(float[] observations, int count, float[] values) {
        for (int from = 0; from < count; from += CHUNK) {
            int rows = Math.min(CHUNK, count - from);
            chunk.values().put(0, observations, from * observationSize, rows * observationSize);
            try (NDManager manager = parameters.manager().newSubManager()) {
                NDArray input = chunk.tensor(manager, new Shape(rows, observationSize));
                System.arraycopy(value.forward(input).toFloatArray(), 0, values, from, rows);
            }
        }
    }

    /** Tells from the networks' outputs whether and how they should change. */
    @FunctionalInterface
    public interface Judge {

        /**
         * Judges the outputs for a batch.
         *
         * @param logits [count × actions]
         * @param values [count × values]
         * @return whether the gradient is wanted
         */
        boolean differentiate(float[] logits, float[] values);
    }

    /**
     * Adds the gradient of a loss to that of the parameters.
     *
     * @param observations [count × observation size]
     * @param logitGradient [count × actions], the loss's gradient with respect to the logits once the judge was asked
     * @param valueGradient [count × values], likewise with respect to the values
     * @return what the judge returned; if false, no gradient is added
     */
    public boolean differentiate(
            NativeFloats observations, int count, float[] logitGradient, float[] valueGradient, Judge judge) {
        try (NDManager policyManager = parameters.manager().newSubManager();
                NDManager valueManager = parameters.manager().newSubManager()) {
            Shape shape = new Shape(count, observationSize);
            TensorMlp.Pass[] passes = new TensorMlp.Pass[2];
            float[][] outputs = new float[2][];
            // The two networks share nothing, and so each may have a core.
            workers.run(2, i -> {
                passes[i] = (i == 0 ? policy : value)
                        .pass(observations.tensor(i == 0 ? policyManager : valueManager, shape));
                outputs[i] = passes[i].output().toFloatArray();
            });
            if (!judge.differentiate(outputs[0], outputs[1])) {
                return false;
            }
            workers.run(2, i -> {
                NDArray gradient = i == 0
                        ? logitGradients.tensor(policyManager, logitGradient, new Shape(count, actionCount))
                        : valueGradients.tensor(valueManager, valueGradient, new Shape(count, valueCount));
                passes[i].backward(gradient, false);
            });
            return true;
        }
    }

    @Override
    public void close() {
        parameters.close();
    }
}
