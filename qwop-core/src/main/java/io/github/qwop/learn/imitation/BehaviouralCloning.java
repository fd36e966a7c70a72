package io.github.qwop.learn.imitation;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.qwop.env.Demonstrations;
import io.github.qwop.learn.Categorical;
import io.github.qwop.model.Adam;
import io.github.qwop.model.DenseLayer;
import io.github.qwop.model.GreedyPolicy;
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

/**
 * Behavioural cloning (Pomerleau, 1988): a policy that makes the demonstrated actions likely. The loss is −mean ln
 * p(action) − entWeight · mean entropy. The same seed and demonstrations give the same policy.
 */
public final class BehaviouralCloning implements AutoCloseable {

    private static final double HIDDEN_GAIN = Math.sqrt(2);
    private static final double LAST_GAIN = 0.01;

    private final CloningSpec spec;
    private final Demonstrations demonstrations;
    private final Parameters parameters = new Parameters(true);
    private final TensorMlp policy;
    private final Adam adam;
    private final Categorical distribution;
    private final RandomStream sampling;
    private final int[] order;
    private final ByteBuffer observationBytes;
    private final FloatBuffer observations;
    private final ByteBuffer gradientBytes;
    private final float[] gradient;

    /**
     * A policy before its first pass.
     *
     * @throws IllegalArgumentException if nothing is demonstrated
     */
    public BehaviouralCloning(CloningSpec spec, Demonstrations demonstrations, long seed) {
        if (demonstrations.count() == 0) {
            throw new IllegalArgumentException(
                    "The recordings have no steps to imitate: give some with at least one action.");
        }
        this.spec = spec;
        this.demonstrations = demonstrations;
        RandomStream initialisation = RandomStream.of(seed, "initialisation");
        List<DenseLayer> layers = new ArrayList<>();
        int width = demonstrations.observationSize();
        for (int size : spec.netArch()) {
            layers.add(Initialisation.orthogonal(initialisation, width, size, HIDDEN_GAIN));
            width = size;
        }
        layers.add(Initialisation.orthogonal(initialisation, width, demonstrations.actionCount(), LAST_GAIN));
        policy = new TensorMlp(parameters, "policy", layers, spec.activationFn(), false);
        adam = new Adam(parameters, 0.9, 0.999, 1e-8);
        distribution = new Categorical(demonstrations.actionCount());
        sampling = RandomStream.of(seed, "sampling");
        order = new int[demonstrations.count()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        int capacity = Math.min(spec.batchSize(), order.length);
        observationBytes = direct(capacity * demonstrations.observationSize());
        observations = observationBytes.asFloatBuffer();
        gradient = new float[capacity * demonstrations.actionCount()];
        gradientBytes = direct(gradient.length);
    }

    private static ByteBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(floats * Float.BYTES).order(ByteOrder.nativeOrder());
    }

    /** A policy after all passes. */
    public static Mlp clone(CloningSpec spec, Demonstrations demonstrations, long seed) {
        try (BehaviouralCloning cloning = new BehaviouralCloning(spec, demonstrations, seed)) {
            for (int epoch = 0; epoch < spec.nEpochs(); epoch++) {
                cloning.pass();
            }
            return cloning.actor();
        }
    }

    /**
     * One pass over the shuffled demonstrations.
     *
     * @return the mean loss of its batches, each before its gradient step
     */
    public double pass() {
        shuffle();
        double sum = 0;
        for (int from = 0; from < order.length; from += spec.batchSize()) {
            int count = Math.min(spec.batchSize(), order.length - from);
            sum += count * update(from, count);
        }
        return sum / order.length;
    }

    /** Fisher–Yates. */
    private void shuffle() {
        for (int i = order.length - 1; i > 0; i--) {
            int other = sampling.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
    }

    private double update(int from, int count) {
        int size = demonstrations.observationSize();
        for (int i = 0; i < count; i++) {
            observations.put(i * size, demonstrations.observations(), order[from + i] * size, size);
        }
        double loss;
        try (NDManager manager = parameters.manager().newSubManager();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray logits = policy.forward(tensor(manager, observationBytes, new Shape(count, size)));
            loss = differentiate(logits.toFloatArray(), from, count);
            gradientBytes.clear().asFloatBuffer().put(gradient);
            Shape shape = new Shape(count, demonstrations.actionCount());
            // The sum's gradient with respect to the logits is the constant that multiplies them.
            collector.backward(logits.mul(tensor(manager, gradientBytes, shape)).sum());
        }
        adam.update(spec.learningRate(), null);
        return loss;
    }

    private static NDArray tensor(NDManager manager, ByteBuffer bytes, Shape shape) {
        return manager.create(bytes.clear().limit((int) shape.size() * Float.BYTES), shape, DataType.FLOAT32);
    }

    private double differentiate(float[] logits, int from, int count) {
        int actionCount = demonstrations.actionCount();
        double loss = 0;
        for (int i = 0; i < count; i++) {
            int action = demonstrations.actions()[order[from + i]];
            distribution.read(logits, i * actionCount);
            loss -= distribution.logProbability(action) + spec.entWeight() * distribution.entropy();
            distribution.differentiate(action, -1.0 / count, -spec.entWeight() / count, gradient, i * actionCount);
        }
        return loss / count;
    }

    /** The policy as it is now: logits of all actions. */
    public Mlp actor() {
        return new Mlp(policy.layers(), spec.activationFn());
    }

    /** Share of the demonstrated steps on which a policy, acting greedily, does as was demonstrated. */
    public static double agreement(Mlp actor, Demonstrations demonstrations) {
        int[] actions = new int[demonstrations.count()];
        new GreedyPolicy(actor).act(demonstrations.observations(), actions.length, actions);
        int equal = 0;
        for (int i = 0; i < actions.length; i++) {
            equal += actions[i] == demonstrations.actions()[i] ? 1 : 0;
        }
        return (double) equal / actions.length;
    }

    @Override
    public void close() {
        parameters.close();
    }
}
