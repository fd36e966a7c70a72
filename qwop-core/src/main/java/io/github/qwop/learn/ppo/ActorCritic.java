package io.github.qwop.learn.ppo;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.qwop.model.DenseLayer;
import io.github.qwop.model.Initialisation;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.Parameters;
import io.github.qwop.model.TensorMlp;
import io.github.qwop.random.RandomStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** A policy network and a value network of one form, which share nothing. */
final class ActorCritic implements RolloutBuffer.Critic, AutoCloseable {

    private static final String POLICY = "policy";
    private static final String VALUE = "value";

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
    private final ByteBuffer chunkBytes;
    private final FloatBuffer chunk;
    private final ByteBuffer logitGradientBytes;
    private final ByteBuffer valueGradientBytes;

    /**
     * New networks.
     *
     * @param batchCapacity largest batch of {@link #differentiate}
     */
    ActorCritic(PpoSpec spec, int observationSize, int actionCount, int batchCapacity, RandomStream random) {
        this.spec = spec;
        this.observationSize = observationSize;
        this.actionCount = actionCount;
        policy = network(POLICY, actionCount, POLICY_GAIN, random);
        value = network(VALUE, 1, VALUE_GAIN, random);
        chunkBytes = direct(CHUNK * observationSize);
        chunk = chunkBytes.asFloatBuffer();
        logitGradientBytes = direct(batchCapacity * actionCount);
        valueGradientBytes = direct(batchCapacity);
    }

    private static ByteBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES).order(ByteOrder.nativeOrder());
    }

    private TensorMlp network(String name, int outputs, double lastGain, RandomStream random) {
        List<DenseLayer> layers = new ArrayList<>();
        int width = observationSize;
        for (int size : spec.netArch()) {
            layers.add(layer(random, width, size, HIDDEN_GAIN));
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
        set(POLICY, policy, actor);
    }

    /**
     * Takes over a value network.
     *
     * @throws IllegalArgumentException if it has another form
     */
    void setCritic(Mlp critic) {
        set(VALUE, value, critic);
    }

    private void set(String name, TensorMlp mine, Mlp given) {
        Mlp present = new Mlp(mine.layers(), spec.activationFn());
        if (!sizes(given).equals(sizes(present)) || given.activation() != present.activation()) {
            throw new IllegalArgumentException("The given " + name + " has layers of " + sizes(given) + " and "
                    + given.activation() + ", this learner's has " + sizes(present) + " and " + present.activation()
                    + ": give learner.netArch and learner.activationFn as that " + name + " has them.");
        }
        for (int i = 0; i < given.layers().size(); i++) {
            parameters.set(name + "." + i + ".weight", given.layers().get(i).weight());
            parameters.set(name + "." + i + ".bias", given.layers().get(i).bias());
        }
    }

    private static List<Integer> sizes(Mlp mlp) {
        List<Integer> sizes = new ArrayList<>(List.of(mlp.inputs()));
        mlp.layers().forEach(layer -> sizes.add(layer.outputs()));
        return sizes;
    }

    @Override
    public void value(float[] observations, int count, float[] values) {
        for (int from = 0; from < count; from += CHUNK) {
            int rows = Math.min(CHUNK, count - from);
            chunk.put(0, observations, from * observationSize, rows * observationSize);
            try (NDManager manager = parameters.manager().newSubManager()) {
                NDArray input = tensor(manager, chunkBytes, new Shape(rows, observationSize));
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
            NDArray input = tensor(manager, batch.observationBytes, new Shape(count, observationSize));
            NDArray logits = policy.forward(input);
            NDArray values = value.forward(input);
            if (!judge.differentiate(logits.toFloatArray(), values.toFloatArray())) {
                return false;
            }
            NDArray logitGradient =
                    tensor(manager, logitGradientBytes, loss.logitGradient, new Shape(count, actionCount));
            NDArray valueGradient = tensor(manager, valueGradientBytes, loss.valueGradient, new Shape(count, 1));
            // The sum's gradient with respect to the outputs is the constant that multiplies them.
            collector.backward(logits.mul(logitGradient)
                    .sum()
                    .add(values.mul(valueGradient).sum()));
            return true;
        }
    }

    private static NDArray tensor(NDManager manager, ByteBuffer bytes, float[] numbers, Shape shape) {
        bytes.clear().asFloatBuffer().put(0, numbers, 0, (int) shape.size());
        return tensor(manager, bytes, shape);
    }

    private static NDArray tensor(NDManager manager, ByteBuffer bytes, Shape shape) {
        return manager.create(bytes.clear().limit((int) shape.size() * Float.BYTES), shape, DataType.FLOAT32);
    }

    @Override
    public void close() {
        parameters.close();
    }
}
