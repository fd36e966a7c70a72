package io.github.qwop.learn.imitation;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.qwop.env.Demonstrations;
import io.github.qwop.learn.Categorical;
import io.github.qwop.learn.Learner;
import io.github.qwop.learn.Limits;
import io.github.qwop.learn.RunningMean;
import io.github.qwop.learn.Section;
import io.github.qwop.learn.StateReader;
import io.github.qwop.metric.Metric;
import io.github.qwop.model.Adam;
import io.github.qwop.model.DenseLayer;
import io.github.qwop.model.GreedyPolicy;
import io.github.qwop.model.Initialisation;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.NativeFloats;
import io.github.qwop.model.Parameters;
import io.github.qwop.model.TensorMlp;
import io.github.qwop.parallel.Workers;
import io.github.qwop.random.RandomStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Behavioural cloning (Pomerleau, 1988): a policy that makes the demonstrated actions likely. The loss is −mean ln
 * p(action) − entWeight · mean entropy. The demonstrations are passed over again and again, shuffled each time. The
 * same seed and demonstrations give the same policy.
 */
public final class BehaviouralCloning implements Learner {

    private static final String COUNTERS = "counters";
    private static final double HIDDEN_GAIN = Math.sqrt(2);
    private static final double LAST_GAIN = 0.01;

    private final CloningSpec spec;
    private final Demonstrations demonstrations;
    private final long totalSteps;
    private final Parameters parameters = new Parameters(false);
    private final TensorMlp policy;
    private final Adam adam;
    private final Categorical distribution;
    private final int[] order;
    private final NativeFloats observations;
    private final NativeFloats gradients;
    private final float[] gradient;

    private RandomStream sampling;
    /** Where the sampling stream stood before it shuffled this pass. */
    private long[] passBegin;

    /** Number of this pass's steps that were learned from. */
    private int passed;

    private long steps;
    private double rateFactor = 1;

    private final RunningMean meanLoss = new RunningMean();
    private final RunningMean meanLikelihoodLoss = new RunningMean();
    private final RunningMean meanEntropyLoss = new RunningMean();
    private final RunningMean meanNorm = new RunningMean();

    /**
     * A policy before its first step.
     *
     * @param demonstrations not saved with the learner, so give the same to one that is restored
     * @param totalSteps demonstrated steps to learn from, over all passes: what schedules run over
     * @throws IllegalArgumentException if nothing is demonstrated
     */
    public BehaviouralCloning(
            CloningSpec spec, Demonstrations demonstrations, long totalSteps, long seed, Workers workers) {
        if (demonstrations.count() == 0) {
            throw new IllegalArgumentException(
                    "The demonstrations have no steps to imitate: give recordings with at least one action.");
        }
        this.spec = spec;
        this.demonstrations = demonstrations;
        this.totalSteps = totalSteps;
        RandomStream initialisation = RandomStream.of(seed, "initialisation");
        List<DenseLayer> layers = new ArrayList<>();
        int width = demonstrations.observationSize();
        for (int size : spec.netArch()) {
            DenseLayer hidden = Initialisation.orthogonal(initialisation, width, size, HIDDEN_GAIN);
            layers.add(spec.layerNorm() ? hidden.normalised() : hidden);
            width = size;
        }
        layers.add(Initialisation.orthogonal(initialisation, width, demonstrations.actionCount(), LAST_GAIN));
        policy = new TensorMlp(parameters, "policy", layers, spec.activationFn(), false);
        adam = new Adam(parameters, 0.9, 0.999, 1e-8, 0, workers);
        distribution = new Categorical(demonstrations.actionCount());
        order = new int[demonstrations.count()];
        int capacity = Math.min(spec.batchSize(), order.length);
        observations = new NativeFloats(capacity * demonstrations.observationSize());
        gradient = new float[capacity * demonstrations.actionCount()];
        gradients = new NativeFloats(gradient.length);
        sampling = RandomStream.of(seed, "sampling");
        passBegin = sampling.state();
        shuffle();
    }

    /** One gradient step, from the next batch of the pass. */
    @Override
    public void iterate() {
        if (steps >= totalSteps) {
            return;
        }
        if (passed == order.length) {
            passBegin = sampling.state();
            passed = 0;
            shuffle();
        }
        int count = (int) Math.min(Math.min(spec.batchSize(), order.length - passed), totalSteps - steps);
        update(passed, count);
        passed += count;
        steps += count;
    }

    private void shuffle() {
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        sampling.shuffle(order, order.length);
    }

    private double rate() {
        return rateFactor * spec.learningRate().at(1 - (double) steps / totalSteps);
    }

    private void update(int from, int count) {
        int size = demonstrations.observationSize();
        for (int i = 0; i < count; i++) {
            observations.values().put(i * size, demonstrations.observations(), order[from + i] * size, size);
        }
        try (NDManager manager = parameters.manager().newSubManager()) {
            TensorMlp.Pass pass = policy.pass(observations.tensor(manager, new Shape(count, size)));
            differentiate(pass.output().toFloatArray(), from, count);
            Shape shape = new Shape(count, demonstrations.actionCount());
            pass.backward(gradients.tensor(manager, gradient, shape), false);
        }
        meanNorm.add(adam.update(rate(), null));
    }

    private void differentiate(float[] logits, int from, int count) {
        int actionCount = demonstrations.actionCount();
        for (int i = 0; i < count; i++) {
            int action = demonstrations.actions()[order[from + i]];
            distribution.read(logits, i * actionCount);
            double likelihoodLoss = -distribution.logProbability(action);
            meanLikelihoodLoss.add(likelihoodLoss);
            meanEntropyLoss.add(-distribution.entropy());
            meanLoss.add(likelihoodLoss - spec.entWeight() * distribution.entropy());
            distribution.differentiate(action, -1.0 / count, -spec.entWeight() / count, gradient, i * actionCount);
        }
    }

    /** Demonstrated steps learned from so far, over all passes. */
    @Override
    public long steps() {
        return steps;
    }

    @Override
    public Mlp actor() {
        return new Mlp(policy.layers(), spec.activationFn());
    }

    @Override
    public Mlp network() {
        return actor();
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

    /**
     * As stable-baselines3's, and imitation's {@code neglogp}: −mean ln p of the demonstrated actions.
     * {@code train/n_updates} counts on from that of a clone whose optimiser was taken over.
     */
    @Override
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metric.LEARNING_RATE.name(), rate());
        metrics.put(Metric.UPDATES.name(), (double) adam.updates());
        metrics.put(Metric.LOSS.name(), meanLoss.take());
        metrics.put(CloningSpec.LIKELIHOOD_LOSS.name(), meanLikelihoodLoss.take());
        metrics.put(Metric.ENTROPY_LOSS.name(), meanEntropyLoss.take());
        metrics.put(Metric.GRAD_NORM.name(), meanNorm.take());
        return metrics;
    }

    @Override
    public List<Section> networkSections() {
        return List.of(
                Section.of(PARAMETERS, parameters::save, parameters::restore),
                Section.of(OPTIMISER, adam::save, adam::restore));
    }

    @Override
    public List<Section> ownSections() {
        return List.of(Section.of(COUNTERS, this::saveCounters, this::restoreCounters));
    }

    private void saveCounters(DataOutput counters) throws IOException {
        counters.writeLong(steps);
        counters.writeInt(passed);
        counters.writeDouble(rateFactor);
        RandomStream.fromState(passBegin).save(counters);
    }

    private void restoreCounters(DataInput counters) throws IOException {
        steps = counters.readLong();
        passed = counters.readInt();
        rateFactor = counters.readDouble();
        Limits.counters(steps, rateFactor);
        sampling = RandomStream.restored(counters);
        passBegin = sampling.state();
        shuffle();
    }

    @Override
    public void startFrom(StateReader reader) throws IOException {
        parameters.restore(reader.section(PARAMETERS));
        if (reader.has(OPTIMISER)) {
            adam.restore(reader.section(OPTIMISER));
        }
    }

    @Override
    public void startFrom(Mlp network) {
        policy.set(network);
    }

    @Override
    public void rollBack(StateReader reader, long then, double factor) throws IOException {
        Section.restoreAll(networkSections(), reader);
        rateFactor *= factor;
    }

    @Override
    public void close() {
        parameters.close();
    }
}
