package io.github.qwop.learn.expert;

import io.github.qwop.env.VectorEnv;
import io.github.qwop.learn.Categorical;
import io.github.qwop.learn.EpisodeListener;
import io.github.qwop.learn.ExplainedVariance;
import io.github.qwop.learn.Learner;
import io.github.qwop.learn.Limits;
import io.github.qwop.learn.RunningMean;
import io.github.qwop.learn.Section;
import io.github.qwop.learn.StateReader;
import io.github.qwop.learn.VectorPolicy;
import io.github.qwop.metric.Metric;
import io.github.qwop.model.ActorCritic;
import io.github.qwop.model.Adam;
import io.github.qwop.model.GreedyPolicy;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.MlpForward;
import io.github.qwop.model.NativeFloats;
import io.github.qwop.parallel.Workers;
import io.github.qwop.random.RandomStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Expert iteration (Anthony and others, 2017): in rounds, the policy plays with actions drawn from it, some of the
 * states that it comes to are planned from ({@link Lookahead}), and the policy learns what was planned
 * ({@link Labels}), the critic what the policy comes to. States are thus the policy's own, as in DAgger (Ross and
 * others, 2011). See {@link ExpertIterationSpec}.
 *
 * <p>The last round is cut to the total of the training; one that is then shorter than a batch is not learned from.
 */
public final class ExpertIterationLearner implements Learner {

    private static final String ENVIRONMENT = "environment";
    private static final String COUNTERS = "counters";

    private static final double ADAM_BETA1 = 0.9;
    private static final double ADAM_BETA2 = 0.999;

    private final Workers workers;
    private final ExpertIterationSpec spec;
    private final VectorEnv env;
    private final long totalSteps;
    private final EpisodeListener listener;
    private final ActorCritic networks;
    private final Adam adam;
    private final Lookahead[] lookaheads;
    private final Labels labels;
    /** Labels of a whole batch. */
    private final int wholeBatch;

    private final ExpertLoss loss;
    private final NativeFloats observations;

    private RandomStream exploration;
    private RandomStream sampling;
    private long steps;
    private long planned;
    private double rateFactor = 1;

    private final int[] order;
    private final int[] actions;
    private final Categorical distribution;

    private final RunningMean meanLoss = new RunningMean();
    private final RunningMean meanPolicyLoss = new RunningMean();
    private final RunningMean meanValueLoss = new RunningMean();
    private final RunningMean meanEntropyLoss = new RunningMean();
    private final RunningMean meanGain = new RunningMean();
    private final RunningMean meanExplainedVariance = new RunningMean();
    private final RunningMean meanNorm = new RunningMean();

    /**
     * A learner before its first step.
     *
     * @param env reset here; its environments must be able to be {@linkplain VectorEnv#simulator planned with}
     * @param totalSteps environment steps of the whole training, those of rollouts not counted: what schedules run over
     * @param seed the run's seed
     * @param workers ask the policy, and learn the networks side by side; it is the environment's that plan
     * @throws IllegalArgumentException as {@link ExpertIterationSpec#check} and {@link VectorEnv#simulator} have it
     */
    public ExpertIterationLearner(
            ExpertIterationSpec spec,
            VectorEnv env,
            long totalSteps,
            long seed,
            EpisodeListener listener,
            Workers workers) {
        spec.check(totalSteps, env.envCount());
        this.workers = workers;
        this.spec = spec;
        this.env = env;
        this.totalSteps = totalSteps;
        this.listener = listener;
        int size = env.observationSize();
        int actionCount = env.actionCount();
        lookaheads = new Lookahead[env.envCount()];
        Arrays.setAll(
                lookaheads, e -> new Lookahead(env.simulator(e), size, actionCount, spec.horizon(), spec.gamma()));
        int capacity = (int) spec.labels(env.envCount());
        labels = new Labels(capacity, size, actionCount);
        wholeBatch = spec.batchSize() == 0 ? capacity : Math.min(spec.batchSize(), capacity);
        networks = new ActorCritic(
                new ActorCritic.Form(spec.netArch(), spec.activationFn(), spec.layerNorm(), spec.orthoInit()),
                size,
                actionCount,
                ActorCritic.Values.OF_STATES,
                wholeBatch,
                RandomStream.of(seed, "initialisation"),
                workers);
        adam = new Adam(networks.parameters(), ADAM_BETA1, ADAM_BETA2, spec.adamEps(), 0, workers);
        loss = new ExpertLoss(wholeBatch, actionCount, spec.vfCoef());
        observations = new NativeFloats(wholeBatch * size);
        exploration = RandomStream.of(seed, "exploration");
        sampling = RandomStream.of(seed, "sampling");
        order = new int[capacity];
        actions = new int[env.envCount()];
        distribution = new Categorical(actionCount);
        env.reset();
    }

    @Override
    public void iterate() {
        if (steps >= totalSteps) {
            return;
        }
        collect();
        if (labels.count() >= wholeBatch) {
            meanGain.add(labels.improve(spec.maxKl().at(progressRemaining())));
            meanExplainedVariance.add(explainedVariance());
            learn();
        }
    }

    /** Plays a round, and plans from some of its states. */
    private void collect() {
        Mlp actor = networks.actor();
        VectorPolicy policy = new VectorPolicy(actor, env, workers);
        Planner planner = new Planner(actor, networks.critic());
        int envs = env.envCount();
        labels.clear();
        for (int row = 0; row < spec.nSteps() && steps < totalSteps; row++) {
            float[] logits = policy.logits();
            env.progress(steps, totalSteps);
            if (row % spec.labelFreq() == 0) {
                planner.plan(labels.count());
                labels.add(envs, env.observations(), logits);
            }
            for (int e = 0; e < envs; e++) {
                distribution.read(logits, e * env.actionCount());
                actions[e] = distribution.draw(exploration);
            }
            env.step(actions);
            steps += envs;
            for (int e = 0; e < envs; e++) {
                if (env.terminated()[e] || env.truncated()[e]) {
                    listener.ended(e, env.episode(e));
                }
            }
        }
    }

    /** The networks of a round, one of each for every thread that plays the environments. */
    private final class Planner {

        private final Workers players = env.workers();
        private final GreedyPolicy[] policies = new GreedyPolicy[Math.min(players.count(), lookaheads.length)];
        private final MlpForward[] critics = new MlpForward[policies.length];

        Planner(Mlp actor, Mlp critic) {
            Arrays.setAll(policies, i -> new GreedyPolicy(actor));
            Arrays.setAll(critics, i -> new MlpForward(critic));
        }

        /** Plans from where all environments stand: their labels are those from {@code first} on. */
        void plan(int first) {
            int envs = lookaheads.length;
            players.run(policies.length, i -> {
                for (int e = i * envs / policies.length; e < (i + 1) * envs / policies.length; e++) {
                    lookaheads[e].value(policies[i], critics[i], labels.returns, (first + e) * env.actionCount());
                }
            });
            for (Lookahead lookahead : lookaheads) {
                planned += lookahead.takePlayed();
            }
        }
    }

    private void learn() {
        int count = labels.count();
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        for (int epoch = 0; epoch < spec.nEpochs(); epoch++) {
            sampling.shuffle(order, count);
            for (int from = 0; from < count; from += wholeBatch) {
                update(from, Math.min(wholeBatch, count - from));
            }
        }
    }

    /** One gradient step. */
    private void update(int from, int count) {
        int size = env.observationSize();
        for (int i = 0; i < count; i++) {
            observations.values().put(i * size, labels.observations, order[from + i] * size, size);
        }
        networks.differentiate(observations, count, loss.logitGradient, loss.valueGradient, (logits, values) -> {
            loss.differentiate(labels, order, from, count, logits, values);
            return true;
        });
        meanNorm.add(adam.update(rate(), spec.maxGradNorm()));
        meanLoss.add(loss.loss());
        meanPolicyLoss.add(loss.policyLoss);
        meanValueLoss.add(loss.valueLoss);
        meanEntropyLoss.add(loss.entropyLoss);
    }

    private double explainedVariance() {
        float[] valued = new float[labels.count()];
        networks.value(labels.observations, valued.length, valued);
        return ExplainedVariance.of(labels.values, valued, valued.length);
    }

    private double progressRemaining() {
        return 1 - (double) steps / totalSteps;
    }

    private double rate() {
        return rateFactor * spec.learningRate().at(progressRemaining());
    }

    @Override
    public long steps() {
        return steps;
    }

    @Override
    public Mlp actor() {
        return networks.actor();
    }

    @Override
    public Mlp network() {
        return networks.actor();
    }

    /** Means over all batches since the last call. */
    @Override
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metric.LEARNING_RATE.name(), rate());
        metrics.put(Metric.UPDATES.name(), (double) adam.updates());
        metrics.put(ExpertIterationSpec.PLANNED_STEPS.name(), (double) planned);
        metrics.put(Metric.LOSS.name(), meanLoss.take());
        metrics.put(ExpertIterationSpec.PLANNED_KL.name(), meanPolicyLoss.take());
        metrics.put(Metric.VALUE_LOSS.name(), meanValueLoss.take());
        metrics.put(Metric.ENTROPY_LOSS.name(), meanEntropyLoss.take());
        metrics.put(ExpertIterationSpec.GAIN.name(), meanGain.take());
        metrics.put(Metric.EXPLAINED_VARIANCE.name(), meanExplainedVariance.take());
        metrics.put(Metric.GRAD_NORM.name(), meanNorm.take());
        return metrics;
    }

    @Override
    public List<Section> networkSections() {
        return List.of(
                Section.of(PARAMETERS, networks.parameters()::save, networks.parameters()::restore),
                Section.of(OPTIMISER, adam::save, adam::restore));
    }

    @Override
    public List<Section> ownSections() {
        return List.of(
                Section.of(COUNTERS, this::saveCounters, this::restoreCounters),
                // After the counters: an environment plays its way back with the rewards of that time.
                Section.of(ENVIRONMENT, env::save, env::restore));
    }

    private void saveCounters(DataOutput counters) throws IOException {
        counters.writeLong(steps);
        counters.writeLong(planned);
        counters.writeDouble(rateFactor);
        exploration.save(counters);
        sampling.save(counters);
    }

    private void restoreCounters(DataInput counters) throws IOException {
        steps = counters.readLong();
        env.progress(steps, totalSteps);
        planned = counters.readLong();
        rateFactor = counters.readDouble();
        Limits.counters(steps, rateFactor);
        exploration = RandomStream.restored(counters);
        sampling = RandomStream.restored(counters);
    }

    @Override
    public void startFrom(StateReader reader) throws IOException {
        networks.parameters().restore(reader.section(PARAMETERS));
        if (reader.has(OPTIMISER)) {
            adam.restore(reader.section(OPTIMISER));
        }
    }

    /** Takes over a policy alone; the value network stays as it is. */
    @Override
    public void startFrom(Mlp network) {
        networks.setActor(network);
    }

    @Override
    public void startFrom(Mlp network, Mlp value) {
        networks.setActor(network);
        networks.setCritic(value);
    }

    @Override
    public void rollBack(StateReader reader, double factor) throws IOException {
        Section.restoreAll(networkSections(), reader);
        rateFactor *= factor;
    }

    @Override
    public void close() {
        for (Lookahead lookahead : lookaheads) {
            lookahead.close();
        }
        env.close();
        networks.close();
    }
}
