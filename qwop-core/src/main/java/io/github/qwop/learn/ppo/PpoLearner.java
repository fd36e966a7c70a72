package io.github.qwop.learn.ppo;

import io.github.qwop.env.VectorEnv;
import io.github.qwop.learn.ActorCriticLearner;
import io.github.qwop.learn.Course;
import io.github.qwop.learn.EpisodeListener;
import io.github.qwop.learn.RunningMean;
import io.github.qwop.learn.Section;
import io.github.qwop.learn.StateReader;
import io.github.qwop.learn.VectorPolicy;
import io.github.qwop.metric.Metric;
import io.github.qwop.model.ActionNetwork;
import io.github.qwop.model.ActorCritic;
import io.github.qwop.model.Adam;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.MlpForward;
import io.github.qwop.model.Optimiser;
import io.github.qwop.model.Parameters;
import io.github.qwop.model.RmsProp;
import io.github.qwop.parallel.Workers;
import io.github.qwop.schedule.Schedule;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * PPO (Schulman and others, 2017) and, as its special case, A2C, as stable-baselines3 trains them: a rollout is played
 * with actions drawn from the policy, then learned from in some passes over shuffled batches. See {@link PpoSpec}.
 *
 * <p>The last rollout is cut to the total of the training. One that is then shorter than a batch is played, but not
 * learned from: a few transitions would move the policy as far as a whole batch does, and more blindly.
 *
 * <p>While it plays, only the policy runs, in plain Java; the value network sees the whole rollout afterwards. PyTorch
 * computes both networks and their gradients from those that {@link PpoLoss} gives in closed form.
 */
public final class PpoLearner extends ActorCriticLearner {

    private static final String CLONE = "clone";

    /** PyTorch's default, which stable-baselines3 leaves. */
    private static final double RMS_PROP_ALPHA = 0.99;

    private final PpoSpec spec;
    private final RolloutBuffer rollout;
    /** Transitions of a whole batch. */
    private final int wholeBatch;

    private final Minibatch batch;
    private final PpoLoss loss;

    /** The policy that the training started from, if it is to stay near that one. */
    private @Nullable Mlp clone;

    private long epochs;

    /** Whether the rollout at hand is one from which the values alone are learned. */
    private boolean valueOnly;

    private final float[] logProbabilities;

    private final RunningMean meanLoss = new RunningMean();
    private final RunningMean meanPolicyLoss = new RunningMean();
    private final RunningMean meanCloneDivergence = new RunningMean();
    private final RunningMean meanValueLoss = new RunningMean();
    private final RunningMean meanEntropyLoss = new RunningMean();
    private final RunningMean meanKl = new RunningMean();
    private final RunningMean meanClipFraction = new RunningMean();
    private final RunningMean meanExplainedVariance = new RunningMean();

    /**
     * A learner before its first step.
     *
     * @param env reset here
     * @param totalSteps environment steps of the whole training: what schedules run over
     * @param seed the run's seed
     * @param workers learn the networks side by side
     * @throws IllegalArgumentException as {@link PpoSpec#check} has it
     */
    public PpoLearner(
            PpoSpec spec, VectorEnv env, long totalSteps, long seed, EpisodeListener listener, Workers workers) {
        super(
                spec,
                new Course(env, totalSteps, seed, listener),
                ActorCritic.Values.OF_STATES,
                wholeBatch(spec, env),
                parameters -> optimiser(spec, parameters, workers),
                workers);
        this.spec = spec;
        wholeBatch = wholeBatch(spec, env);
        int size = env.observationSize();
        int cloneActions = spec.cloneKl() == null ? 0 : env.actionCount();
        rollout = new RolloutBuffer(spec.nSteps(), env.envCount(), size, cloneActions);
        batch = new Minibatch(wholeBatch, size, cloneActions);
        loss = new PpoLoss(wholeBatch, env.actionCount(), isPlain());
        logProbabilities = new float[env.envCount()];
    }

    private static int wholeBatch(PpoSpec spec, VectorEnv env) {
        int rollout = spec.nSteps() * env.envCount();
        return spec.batchSize() == 0 ? rollout : Math.min(spec.batchSize(), rollout);
    }

    private static Optimiser optimiser(PpoSpec spec, Parameters parameters, Workers workers) {
        return spec.useRmsProp()
                ? new RmsProp(parameters, RMS_PROP_ALPHA, spec.rmsPropEps(), RmsProp.Kind.PYTORCH, workers)
                : new Adam(parameters, spec.adamBeta1(), spec.adamBeta2(), spec.adamEps(), 0, workers);
    }

    @Override
    public void iterate() {
        if (!course.isOver() && play()) {
            learn();
        }
    }

    /**
     * Plays a rollout and estimates what it was worth.
     *
     * @return whether it is enough to learn from
     */
    boolean play() {
        beginValueWarmup();
        collect();
        if (rollout.size() < wholeBatch) {
            return false;
        }
        rollout.estimate(networks::value, env.observations(), spec.gamma(), spec.gaeLambda());
        meanExplainedVariance.add(rollout.explainedVariance());
        if (clone != null && weights().cloneKl() > 0) {
            rollout.ask(new MlpForward(clone));
        }
        return true;
    }

    /**
     * Sees whether from the rollout to come the values alone are learned. The optimiser begins anew with the warm-up
     * and after it: what it remembers would move a policy without a gradient, and Adam, which counts its updates for
     * all parameters together, would take the policy's first steps several times too large.
     */
    private void beginValueWarmup() {
        long steps = course.steps();
        valueOnly = steps < spec.valueWarmup();
        if (valueOnly ? steps == 0 : isWithinWarmup(steps)) {
            optimiser.forget();
        }
    }

    /**
     * Whether what was learned last at these steps were the values alone: the rollout before them began in the warm-up.
     */
    private boolean isWithinWarmup(long steps) {
        return spec.valueWarmup() > 0 && steps - (long) spec.nSteps() * env.envCount() < spec.valueWarmup();
    }

    @Override
    public boolean holdsPolicy() {
        return valueOnly;
    }

    /** Plays a rollout; the last of a training may be shorter. */
    private void collect() {
        VectorPolicy policy = new VectorPolicy(networks.actor(), env, workers);
        int envs = env.envCount();
        rollout.clear();
        while (!rollout.isFull() && !course.isOver()) {
            float[] logits = policy.logits();
            for (int e = 0; e < envs; e++) {
                decide(logits, e);
                logProbabilities[e] = (float) distribution.logProbability(actions[e]);
            }
            rollout.addDecisions(env.observations(), actions, logProbabilities);
            course.step(actions);
            rollout.addOutcomes(env.rewards(), env.terminated(), env.truncated(), env.finalObservations());
        }
    }

    /** Learns from the rollout. */
    void learn() {
        int batchSize = spec.batchSize() == 0 ? rollout.size() : spec.batchSize();
        epochs += learnInPasses(spec.nEpochs(), rollout.size(), batchSize, this::update);
    }

    /**
     * One gradient step.
     *
     * @return whether it was taken: not if the policy has moved too far from the one that played
     */
    private boolean update(int[] order, int from, int count) {
        rollout.read(order, from, count, batch);
        if (spec.normalizeAdvantage()) {
            batch.normalizeAdvantages();
        }
        if (!networks.differentiate(
                batch.observations, batch.count, loss.logitGradient, loss.valueGradient, this::judge)) {
            return false;
        }
        move();
        return true;
    }

    private boolean judge(float[] logits, float[] values) {
        PpoLoss.Weights weights = weights();
        loss.differentiate(batch, logits, values, weights);
        meanLoss.add(loss.loss);
        meanPolicyLoss.add(loss.policyLoss);
        if (weights.cloneKl() > 0) {
            meanCloneDivergence.add(loss.cloneDivergence);
        }
        meanValueLoss.add(loss.valueLoss);
        meanEntropyLoss.add(loss.entropyLoss);
        meanKl.add(loss.approxKl);
        meanClipFraction.add(loss.clipFraction);
        return spec.targetKl() == null || !(loss.approxKl > 1.5 * spec.targetKl());
    }

    private PpoLoss.Weights weights() {
        Double cloneKl = clone == null || valueOnly ? null : at(spec.cloneKl());
        return new PpoLoss.Weights(
                spec.entCoef().at(course.progressRemaining()),
                spec.vfCoef(),
                spec.clipRange().at(course.progressRemaining()),
                at(spec.clipRangeVf()),
                cloneKl == null ? 0 : cloneKl,
                valueOnly);
    }

    /** Whether the ratio is always 1, as in A2C, whose loss stable-baselines3 writes without it. */
    private boolean isPlain() {
        return spec.nEpochs() == 1 && spec.batchSize() == 0;
    }

    private @Nullable Double at(@Nullable Schedule schedule) {
        return schedule == null ? null : schedule.at(course.progressRemaining());
    }

    /**
     * As stable-baselines3's, but means over all batches since the last call: its {@code train/loss} is that of the
     * last batch alone, and its {@code train/approx_kl} the mean of the last pass. {@code train/n_updates} counts
     * passes. The policy's loss is named {@code train/policy_gradient_loss}, and where the ratio is always 1, as in
     * A2C, {@code train/policy_loss}, −mean A · ln π.
     */
    @Override
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metric.LEARNING_RATE.name(), rate());
        metrics.put(PpoSpec.CLIP_RANGE.name(), spec.clipRange().at(course.progressRemaining()));
        Double clipRangeVf = at(spec.clipRangeVf());
        if (clipRangeVf != null) {
            metrics.put(PpoSpec.CLIP_RANGE_VF.name(), clipRangeVf);
        }
        if (!(spec.entCoef() instanceof Schedule.Constant)) {
            metrics.put(PpoSpec.ENT_COEF.name(), spec.entCoef().at(course.progressRemaining()));
        }
        if (spec.cloneKl() != null) {
            metrics.put(PpoSpec.CLONE_KL.name(), meanCloneDivergence.take());
        }
        metrics.put(Metric.UPDATES.name(), (double) epochs);
        metrics.put(Metric.LOSS.name(), meanLoss.take());
        metrics.put((isPlain() ? PpoSpec.POLICY_LOSS : PpoSpec.POLICY_GRADIENT_LOSS).name(), meanPolicyLoss.take());
        metrics.put(Metric.VALUE_LOSS.name(), meanValueLoss.take());
        metrics.put(Metric.ENTROPY_LOSS.name(), meanEntropyLoss.take());
        metrics.put(PpoSpec.APPROX_KL.name(), meanKl.take());
        metrics.put(PpoSpec.CLIP_FRACTION.name(), meanClipFraction.take());
        metrics.put(Metric.EXPLAINED_VARIANCE.name(), meanExplainedVariance.take());
        metrics.put(Metric.GRAD_NORM.name(), takeGradNorm());
        return metrics;
    }

    @Override
    public List<Section> ownSections() {
        return List.of(
                Section.of(Course.COUNTERS, this::saveCounters, this::restoreCounters),
                course.environmentSection(),
                Section.optional(
                        CLONE,
                        () -> clone != null,
                        this::saveClone,
                        in -> clone = ActionNetwork.read(in).mlp()));
    }

    private void saveCounters(DataOutput counters) throws IOException {
        course.saveSteps(counters);
        counters.writeLong(epochs);
        course.saveRate(counters);
        course.saveStreams(counters);
    }

    private void restoreCounters(DataInput counters) throws IOException {
        course.restoreSteps(counters);
        epochs = counters.readLong();
        course.restoreRate(counters);
        course.restoreStreams(counters);
    }

    private void saveClone(DataOutput out) throws IOException {
        new ActionNetwork(Objects.requireNonNull(clone), env.actionCount(), ActionNetwork.Meaning.LOGITS).write(out);
    }

    @Override
    public void startFrom(StateReader reader) throws IOException {
        super.startFrom(reader);
        stayNearPolicy();
    }

    @Override
    public void startFrom(Mlp network) {
        super.startFrom(network);
        stayNearPolicy();
    }

    private void stayNearPolicy() {
        clone = spec.cloneKl() == null ? null : networks.actor();
    }

    @Override
    public void rollBack(StateReader reader, long then, double rateFactor) throws IOException {
        super.rollBack(reader, then, rateFactor);
        if (isWithinWarmup(then)) {
            optimiser.forget();
        }
    }
}
