package io.github.qwop.learn.ppo;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.qwop.model.DenseLayer;
import io.github.qwop.model.Initialisation;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.NativeFloats;
import io.github.qwop.model.Parameters;
import io.github.qwop.model.TensorMlp;
import io.github.qwop.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** A policy network and a value network of one form, which share nothing. */
final class ActorCritic implements RolloutBuffer.Critic, AutoCloseable {

    /** Rows of one forward pass: what fits the processor's cache. */
    private static final int CHUNK = 256;

    private static final double HIDDEN_GAIN = Math.sqrt(2);
    private static final double POLICY_GAIN = 0.01;
    private static final double VALUE_GAIN = 1;

    private final PpoSpec spec;
    private final int observationSize;
    private final int actionCount;
    private final Parameters parameters = new Parameters(true);
    private final TensorMlp policy;
    private final TensorMlp value;
    private final NativeFloats chunk;
    private final NativeFloats logitGradients;
    private final NativeFloats valueGradients;

    /**
     * New networks.
     *
     * @param batchCapacity largest batch of {@link #differentiate}
     */
    ActorCritic(PpoSpec spec, int observationSize, int actionCount, int batchCapacity, RandomStream random) {
        this.spec = spec;
        this.observationSize = observationSize;
        this.actionCount = actionCount;
        policy = network("policy", actionCount, POLICY_GAIN, random);
        value = network("value", 1, VALUE_GAIN, random);
        chunk = new NativeFloats(CHUNK * observationSize);
        logitGradients = new NativeFloats(batchCapacity * actionCount);
        valueGradients = new NativeFloats(batchCapacity);
    }

    private TensorMlp network(String name, int outputs, double lastGain, RandomStream random) {
        List<DenseLayer> layers = new ArrayList<>();
        int width = observationSize;
        for (int size : spec.netArch()) {
            DenseLayer hidden = layer(random, width, size, HIDDEN_GAIN);
            layers.add(spec.layerNorm() ? hidden.normalised() : hidden);
            width = size;
        }
        layers.add(layer(random, width, outputs, lastGain));
        return new TensorMlp(parameters, name, layers, spec.activationFn(), false);
    }

    private DenseLayer layer(RandomStream random, int inputs, int outputs, double gain) {
        return spec.orthoInit()
                ? Initialisation.orthogonal(random, inputs, outputs, gain)
                : Initialisation.uniform(random, inputs, outputs);
    }

    Parameters parameters() {
        return parameters;
    }

    /** The policy as it is now. */
    Mlp actor() {
        return new Mlp(policy.layers(), spec.activationFn());
    }

    /**
     * Takes over a policy.
     *
     * @throws IllegalArgumentException if it has another form
     */
    void setActor(Mlp actor) {
        policy.set(actor);
    }

    /**
     * Takes over a value network.
     *
     * @throws IllegalArgumentException if it has another form
     */
    void setCritic(Mlp critic) {
        value.set(critic);
    }

    @Override
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
    interface Judge {

        /**
         * Judges the outputs for a batch.
         *
         * @param logits [count × actions]
         * @param values [count]
         * @return whether the gradient is wanted
         */
        boolean differentiate(float[] logits, float[] values);
    }

    /**
     * Adds the gradient of a loss to that of the parameters.
     *
     * @param loss holds the loss's gradient with respect to the outputs after the judge was asked
     * @return what the judge returned; if false, no gradient is added
     */
    boolean differentiate(Minibatch batch, PpoLoss loss, Judge judge) {
        int count = batch.count;
        try (NDManager manager = parameters.manager().newSubManager();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray input = batch.observations.tensor(manager, new Shape(count, observationSize));
            NDArray logits = policy.forward(input);
            NDArray values = value.forward(input);
            if (!judge.differentiate(logits.toFloatArray(), values.toFloatArray())) {
                return false;
            }
            NDArray logitGradient = logitGradients.tensor(manager, loss.logitGradient, new Shape(count, actionCount));
            NDArray valueGradient = valueGradients.tensor(manager, loss.valueGradient, new Shape(count, 1));
            // The sum's gradient with respect to the outputs is the constant that multiplies them.
            collector.backward(logits.mul(logitGradient)
                    .sum()
                    .add(values.mul(valueGradient).sum()));
            return true;
        }
    }

    @Override
    public void close() {
        parameters.close();
    }
}
