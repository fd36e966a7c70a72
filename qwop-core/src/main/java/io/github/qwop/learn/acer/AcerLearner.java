package io.github.qwop.learn.acer;

import io.github.qwop.env.VectorEnv;
import io.github.qwop.learn.ActorCriticLearner;
import io.github.qwop.learn.Course;
import io.github.qwop.learn.EpisodeListener;
import io.github.qwop.learn.RunningMean;
import io.github.qwop.learn.Section;
import io.github.qwop.learn.StateReader;
import io.github.qwop.learn.VectorPolicy;
import io.github.qwop.metric.Metric;
import io.github.qwop.model.ActorCritic;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.RmsProp;
import io.github.qwop.parallel.Workers;
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
public final class AcerLearner extends ActorCriticLearner {

    private static final String REPLAY = "replay";

    /** With which stable-baselines begins the last layer of the values. */
    private static final double VALUE_GAIN = 0.01;

    private final AcerSpec spec;
    private final AveragePolicy average;
    private final TrajectoryBuffer buffer;
    private final Batch batch;
    private final AcerLoss loss;

    private final RunningMean meanLoss = new RunningMean();
    private final RunningMean meanPolicyLoss = new RunningMean();
    private final RunningMean meanCorrectionLoss = new RunningMean();
    private final RunningMean meanValueLoss = new RunningMean();
    private final RunningMean meanEntropyLoss = new RunningMean();
    private final RunningMean meanExplainedVariance = new RunningMean();
    private final RunningMean meanAdjustment = new RunningMean();
    private final RunningMean meanDivergence = new RunningMean();

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
        super(
                spec,
                new Course(env, totalSteps, seed, listener),
                new ActorCritic.Values(env.actionCount(), VALUE_GAIN),
                Batch.mostRows(env.envCount(), spec.nSteps()),
                parameters -> new RmsProp(
                        parameters, spec.rpropAlpha(), spec.rpropEpsilon(), RmsProp.Kind.TENSORFLOW, workers),
                workers);
        this.spec = spec;
        int envs = env.envCount();
        int size = env.observationSize();
        average = new AveragePolicy(networks.actor());
        buffer = new TrajectoryBuffer(spec.bufferSize() / spec.nSteps(), spec.nSteps(), envs, size, env.actionCount());
        batch = new Batch(envs, spec.nSteps(), size);
        loss = new AcerLoss(envs, spec.nSteps(), env.actionCount());
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
                buffer.draw(course.sampling(), batch.trajectories);
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
        for (; played < spec.nSteps() && !course.isOver(); played++) {
            float[] logits = policy.logits();
            for (int e = 0; e < envs; e++) {
                decide(logits, e);
                keepDecision(batch.trajectories[e], played, e);
            }
            course.step(actions);
            for (int e = 0; e < envs; e++) {
                keepOutcome(batch.trajectories[e], played, e);
            }
        }
        for (int e = 0; e < envs; e++) {
            System.arraycopy(env.observations(), e * size, batch.trajectories[e].observations, played * size, size);
        }
        return played == spec.nSteps();
    }

    private void keepDecision(Trajectory trajectory, int step, int e) {
        int size = env.observationSize();
        int actionCount = env.actionCount();
        trajectory.actions[step] = (byte) actions[e];
        for (int a = 0; a < actionCount; a++) {
            trajectory.probabilities[step * actionCount + a] = (float) distribution.probability(a);
        }
        System.arraycopy(env.observations(), e * size, trajectory.observations, step * size, size);
    }

    private void keepOutcome(Trajectory trajectory, int step, int e) {
        trajectory.rewards[step] = env.rewards()[e];
        trajectory.terminated[step] = env.terminated()[e];
        trajectory.truncated[step] = env.truncated()[e];
        if (env.truncated()[e]) {
            trajectory.addLast(env.finalObservations(), e * env.observationSize());
        }
    }

    /**
     * A number drawn by Poisson's distribution: as many draws as it takes until their product is below e^−mean (Knuth).
     */
    private int poisson(double mean) {
        double least = StrictMath.exp(-mean);
        int number = 0;
        for (double product = course.sampling().nextDouble();
                product > least;
                product *= course.sampling().nextDouble()) {
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
                spec.entCoef().at(course.progressRemaining()),
                spec.correctionTerm(),
                spec.trustRegion() ? spec.delta() : null);
        networks.differentiate(
                batch.observations, batch.rows, loss.logitGradient, loss.valueGradient, (policy, values) -> {
                    loss.differentiate(batch, policy, values, averageLogits, weights);
                    return true;
                });
        move();
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

    /** By stable-baselines' names, but means over all updates since the last call. */
    @Override
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metric.LEARNING_RATE.name(), rate());
        if (!(spec.entCoef() instanceof Schedule.Constant)) {
            metrics.put(AcerSpec.ENT_COEF.name(), spec.entCoef().at(course.progressRemaining()));
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
        metrics.put(Metric.GRAD_NORM.name(), takeGradNorm());
        return metrics;
    }

    @Override
    public List<Section> ownSections() {
        return List.of(
                Section.of(TARGET, average::save, average::restore),
                Section.of(REPLAY, buffer::save, buffer::restore),
                Section.of(Course.COUNTERS, this::saveCounters, this::restoreCounters),
                course.environmentSection());
    }

    private void saveCounters(DataOutput counters) throws IOException {
        course.saveSteps(counters);
        course.saveRate(counters);
        course.saveStreams(counters);
    }

    private void restoreCounters(DataInput counters) throws IOException {
        course.restoreSteps(counters);
        course.restoreRate(counters);
        course.restoreStreams(counters);
    }

    @Override
    public void startFrom(StateReader reader) throws IOException {
        super.startFrom(reader);
        forgetPast();
        if (reader.has(TARGET)) {
            average.restore(reader.section(TARGET));
        }
    }

    @Override
    public void startFrom(Mlp network) {
        super.startFrom(network);
        forgetPast();
    }

    @Override
    public void rollBack(StateReader reader, long then, double rateFactor) throws IOException {
        super.rollBack(reader, then, rateFactor);
        forgetPast();
    }

    private void forgetPast() {
        average.follow(networks.parameters(), 1);
    }

    @Override
    public void close() {
        super.close();
        average.close();
    }
}
