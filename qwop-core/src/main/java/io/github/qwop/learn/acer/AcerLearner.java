package io.github.qwop.learn.acer;

import io.github.qwop.env.VectorEnv;
import io.github.qwop.learn.Categorical;
import io.github.qwop.learn.EpisodeListener;
import io.github.qwop.learn.Learner;
import io.github.qwop.learn.Limits;
import io.github.qwop.learn.RunningMean;
import io.github.qwop.learn.Section;
import io.github.qwop.learn.StateReader;
import io.github.qwop.learn.VectorPolicy;
import io.github.qwop.metric.Metric;
import io.github.qwop.model.ActorCritic;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.RmsProp;
import io.github.qwop.parallel.Workers;
import io.github.qwop.random.RandomStream;
import io.github.qwop.schedule.Schedule;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ACER (Wang and others, 2017) for discrete actions, as stable-baselines trains it: a rollout is played with actions
 * drawn from the policy and learned from once, then some that were kept. See {@link AcerSpec} and {@link AcerLoss}.
 *
 * <p>Here, as everywhere in this library, an episode that a time limit cuts off is worth what its last observation
 * promises. And the entropy counts by its mean and within the trust region, as in the authors' own code: in
 * stable-baselines it is a sum over the batch, and has no effect where there is a trust region.
 *
 * <p>The last rollout is cut to the total of the training; one that is then shorter is played, but not learned from.
 */
public final class AcerLearner implements Learner {

    private static final String REPLAY = "replay";
    private static final String ENVIRONMENT = "environment";
    private static final String COUNTERS = "counters";

    /** With which stable-baselines begins the last layer of the values. */
    private static final double VALUE_GAIN = 0.01;

    private final Workers workers;
    private final AcerSpec spec;
    private final VectorEnv env;
    private final long totalSteps;
    private final EpisodeListener listener;
    private final ActorCritic networks;
    private final AveragePolicy average;
    private final RmsProp optimiser;
    private final TrajectoryBuffer buffer;
    private final Batch batch;
    private final AcerLoss loss;

    private RandomStream exploration;
    private RandomStream sampling;
    private long steps;
    private double rateFactor = 1;

    private final int[] actions;
    private final Categorical distribution;

    private final RunningMean meanLoss = new RunningMean();
    private final RunningMean meanPolicyLoss = new RunningMean();
    private final RunningMean meanCorrectionLoss = new RunningMean();
    private final RunningMean meanValueLoss = new RunningMean();
    private final RunningMean meanEntropyLoss = new RunningMean();
    private final RunningMean meanExplainedVariance = new RunningMean();
    private final RunningMean meanAdjustment = new RunningMean();
    private final RunningMean meanDivergence = new RunningMean();
    private final RunningMean meanNorm = new RunningMean();

    /**
     * A learner before its first step.
     *
     * @param env reset here
     * @param totalSteps environment steps of the whole training: what schedules run over
     * @param seed the run's seed
     * @param workers learn the networks side by side
     * @throws IllegalArgumentException as {@link AcerSpec#check} has it
     */
    public AcerLearner(
            AcerSpec spec, VectorEnv env, long totalSteps, long seed, EpisodeListener listener, Workers workers) {
        spec.check(totalSteps, env.envCount());
        this.workers = workers;
        this.spec = spec;
        this.env = env;
        this.totalSteps = totalSteps;
        this.listener = listener;
        int envs = env.envCount();
        int size = env.observationSize();
        networks = new ActorCritic(
                new ActorCritic.Form(spec.netArch(), spec.activationFn(), spec.layerNorm(), spec.orthoInit()),
                size,
                env.actionCount(),
                new ActorCritic.Values(env.actionCount(), VALUE_GAIN),
                Batch.mostRows(envs, spec.nSteps()),
                RandomStream.of(seed, "initialisation"),
                workers);
        average = new AveragePolicy(networks.actor());
        optimiser = new RmsProp(
                networks.parameters(), spec.rpropAlpha(), spec.rpropEpsilon(), RmsProp.Kind.TENSORFLOW, workers);
        buffer = new TrajectoryBuffer(spec.bufferSize() / spec.nSteps(), spec.nSteps(), envs, size, env.actionCount());
        batch = new Batch(envs, spec.nSteps(), size);
        loss = new AcerLoss(envs, spec.nSteps(), env.actionCount());
        exploration = RandomStream.of(seed, "exploration");
        sampling = RandomStream.of(seed, "sampling");
        actions = new int[envs];
        distribution = new Categorical(env.actionCount());
        env.reset();
    }

    @Override
    public void iterate() {
        if (!collect()) {
            return;
        }
        update();
        if (spec.replayRatio() == 0) {
            return;
        }
        buffer.add(batch.trajectories);
        if (buffer.count() >= spec.replayStart() / spec.nSteps()) {
            for (int left = poisson(spec.replayRatio()); left > 0; left--) {
                buffer.draw(sampling, batch.trajectories);
                update();
            }
        }
    }

    /** Plays a rollout into the batch; tells whether it is a whole one. */
    private boolean collect() {
        VectorPolicy policy = new VectorPolicy(networks.actor(), env, workers);
        int envs = env.envCount();
        int size = env.observationSize();
        Arrays.setAll(batch.trajectories, e -> new Trajectory(spec.nSteps(), size, env.actionCount()));
        int played = 0;
        for (; played < spec.nSteps() && steps < totalSteps; played++) {
            float[] logits = policy.logits();
            for (int e = 0; e < envs; e++) {
                decide(logits, batch.trajectories[e], played, e);
            }
            env.progress(steps, totalSteps);
            env.step(actions);
            steps += envs;
            for (int e = 0; e < envs; e++) {
                keep(batch.trajectories[e], played, e);
            }
        }
        for (int e = 0; e < envs; e++) {
            System.arraycopy(env.observations(), e * size, batch.trajectories[e].observations, played * size, size);
        }
        return played == spec.nSteps();
    }

    private void decide(float[] logits, Trajectory trajectory, int step, int e) {
        int size = env.observationSize();
        int actionCount = env.actionCount();
        distribution.read(logits, e * actionCount);
        actions[e] = distribution.draw(exploration);
        trajectory.actions[step] = (byte) actions[e];
        for (int a = 0; a < actionCount; a++) {
            trajectory.probabilities[step * actionCount + a] = (float) distribution.probability(a);
        }
        System.arraycopy(env.observations(), e * size, trajectory.observations, step * size, size);
    }

    private void keep(Trajectory trajectory, int step, int e) {
        trajectory.rewards[step] = env.rewards()[e];
        trajectory.terminated[step] = env.terminated()[e];
        trajectory.truncated[step] = env.truncated()[e];
        if (env.truncated()[e]) {
            trajectory.addLast(env.finalObservations(), e * env.observationSize());
        }
        if (env.terminated()[e] || env.truncated()[e]) {
            listener.ended(e, env.episode(e));
        }
    }

    /**
     * A number drawn by Poisson's distribution: as many draws as it takes until their product is below e^−mean (Knuth).
     */
    private int poisson(double mean) {
        double least = StrictMath.exp(-mean);
        int number = 0;
        for (double product = sampling.nextDouble(); product > least; product *= sampling.nextDouble()) {
            number++;
        }
        return number;
    }

    /** One gradient step on the batch's trajectories, after which the average follows. */
    private void update() {
        batch.layOut();
        float[] averageLogits = average.logits(batch.observations, batch.rows);
        AcerLoss.Weights weights = new AcerLoss.Weights(
                spec.gamma(),
                spec.qCoef(),
                spec.entCoef().at(progressRemaining()),
                spec.correctionTerm(),
                spec.trustRegion() ? spec.delta() : null);
        networks.differentiate(
                batch.observations, batch.rows, loss.logitGradient, loss.valueGradient, (policy, values) -> {
                    loss.differentiate(batch, policy, values, averageLogits, weights);
                    return true;
                });
        meanNorm.add(optimiser.update(rate(), spec.maxGradNorm()));
        average.follow(networks.parameters(), 1 - spec.alpha());
        meanLoss.add(loss.loss);
        meanPolicyLoss.add(loss.takenLoss + loss.correctionLoss);
        meanCorrectionLoss.add(loss.correctionLoss);
        meanValueLoss.add(loss.valueLoss);
        meanEntropyLoss.add(loss.entropyLoss);
        if (!Double.isNaN(loss.explainedVariance)) {
            meanExplainedVariance.add(loss.explainedVariance);
        }
        meanAdjustment.add(loss.adjustment);
        meanDivergence.add(loss.divergence);
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

    /** By stable-baselines' names, but means over all updates since the last call. */
    @Override
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metric.LEARNING_RATE.name(), rate());
        if (!(spec.entCoef() instanceof Schedule.Constant)) {
            metrics.put(AcerSpec.ENT_COEF.name(), spec.entCoef().at(progressRemaining()));
        }
        metrics.put(Metric.UPDATES.name(), (double) optimiser.updates());
        metrics.put(Metric.LOSS.name(), meanLoss.take());
        metrics.put(AcerSpec.LOSS_POLICY.name(), meanPolicyLoss.take());
        metrics.put(AcerSpec.LOSS_BC.name(), meanCorrectionLoss.take());
        metrics.put(AcerSpec.LOSS_Q.name(), meanValueLoss.take());
        metrics.put(Metric.ENTROPY_LOSS.name(), meanEntropyLoss.take());
        metrics.put(Metric.EXPLAINED_VARIANCE.name(), meanExplainedVariance.take());
        metrics.put(AcerSpec.DIVERGENCE.name(), meanDivergence.take());
        if (spec.trustRegion()) {
            metrics.put(AcerSpec.ADJUSTMENT.name(), meanAdjustment.take());
        }
        metrics.put(Metric.GRAD_NORM.name(), meanNorm.take());
        return metrics;
    }

    @Override
    public List<Section> networkSections() {
        return List.of(
                Section.of(PARAMETERS, networks.parameters()::save, networks.parameters()::restore),
                Section.of(OPTIMISER, optimiser::save, optimiser::restore));
    }

    @Override
    public List<Section> ownSections() {
        return List.of(
                Section.of(TARGET, average::save, average::restore),
                Section.of(REPLAY, buffer::save, buffer::restore),
                Section.of(COUNTERS, this::saveCounters, this::restoreCounters),
                // After the counters: an environment plays its way back with the rewards of that time.
                Section.of(ENVIRONMENT, env::save, env::restore));
    }

    private void saveCounters(DataOutput counters) throws IOException {
        counters.writeLong(steps);
        counters.writeDouble(rateFactor);
        exploration.save(counters);
        sampling.save(counters);
    }

    private void restoreCounters(DataInput counters) throws IOException {
        steps = counters.readLong();
        env.progress(steps, totalSteps);
        rateFactor = counters.readDouble();
        Limits.counters(steps, rateFactor);
        exploration = RandomStream.restored(counters);
        sampling = RandomStream.restored(counters);
    }

    @Override
    public void startFrom(StateReader reader) throws IOException {
        networks.parameters().restore(reader.section(PARAMETERS));
        forgetPast();
        if (reader.has(OPTIMISER)) {
            optimiser.restore(reader.section(OPTIMISER));
        }
        if (reader.has(TARGET)) {
            average.restore(reader.section(TARGET));
        }
    }

    /** Takes over a policy alone; the values stay as they are. */
    @Override
    public void startFrom(Mlp network) {
        networks.setActor(network);
        forgetPast();
    }

    @Override
    public void rollBack(StateReader reader, double factor) throws IOException {
        Section.restoreAll(networkSections(), reader);
        rateFactor *= factor;
        forgetPast();
    }

    private void forgetPast() {
        average.follow(networks.parameters(), 1);
    }

    @Override
    public void close() {
        env.close();
        networks.close();
        average.close();
    }
}
