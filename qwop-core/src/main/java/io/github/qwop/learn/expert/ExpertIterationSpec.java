package io.github.qwop.learn.expert;

import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.VectorEnv;
import io.github.qwop.learn.DemonstrationUse;
import io.github.qwop.learn.EpisodeListener;
import io.github.qwop.learn.Learner;
import io.github.qwop.learn.LearnerSpec;
import io.github.qwop.learn.Limits;
import io.github.qwop.metric.Metric;
import io.github.qwop.model.ActionNetwork;
import io.github.qwop.model.Activation;
import io.github.qwop.parallel.Workers;
import io.github.qwop.schedule.Schedule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hyper-parameters of expert iteration (Anthony and others, 2017), whose expert is policy rollout: from states of the
 * policy's own play every action is tried in a copy of the game, the policy plays on, and what it comes to there is
 * learned. Names that PPO has too mean what they mean there.
 *
 * @param learningRate Adam's rate
 * @param nSteps steps of all environments together between updates
 * @param labelFreq of an environment's steps every so many is planned from, which costs actions × {@code horizon} steps
 * @param horizon steps of a rollout, its first action included; what comes after them is what the critic says
 * @param temperature how far an action is preferred that a rollout finds better: by a factor of exp(1 / temperature)
 *     for each mean deviation of what the policy's own actions are worth, a number or a schedule; less trusts the
 *     rollouts more
 * @param batchSize labels per gradient step; 0 for all
 * @param nEpochs passes over the labels of a round
 * @param gamma discount
 * @param vfCoef weight of the value's squared error in the loss
 * @param maxGradNorm largest global norm of a gradient; null for no limit
 * @param netArch sizes of hidden layers, of policy and value each
 * @param activationFn after hidden layers
 * @param layerNorm whether the sums of hidden layers are normalised before it (Ba, Kiros and Hinton, 2016)
 * @param orthoInit whether layers begin orthogonal (gain √2, last layers 0.01 and 1); else as PyTorch's Linear
 * @param adamEps Adam's epsilon
 */
public record ExpertIterationSpec(
        Schedule learningRate,
        int nSteps,
        int labelFreq,
        int horizon,
        Schedule temperature,
        int batchSize,
        int nEpochs,
        double gamma,
        double vfCoef,
        @Nullable Double maxGradNorm,
        List<Integer> netArch,
        Activation activationFn,
        boolean layerNorm,
        boolean orthoInit,
        double adamEps)
        implements LearnerSpec {

    /** More would take gigabytes. */
    private static final long MOST_LABELS = 1_000_000;

    /** Longer than any episode: what is asked for is then the episode's end. */
    private static final int MOST_HORIZON = 100_000;

    static final Metric POLICY_LOSS = new Metric(
            "train/policy_loss",
            Metric.Kind.MEAN,
            Metric.Axis.FROM_ZERO,
            "Policy loss",
            "divergence of what was planned from the policy, in nats");

    static final Metric VALUE_LOSS = new Metric(
            "train/value_loss",
            Metric.Kind.MEAN,
            Metric.Axis.LOGARITHMIC,
            "Value loss",
            "squared error of the value network");

    static final Metric GAIN = new Metric(
            "train/planned_gain",
            Metric.Kind.MEAN,
            Metric.Axis.FROM_ZERO,
            "Planned gain",
            "what a decision is planned to be better by, in reward");

    static final Metric EXPLAINED_VARIANCE = new Metric(
            "train/explained_variance",
            Metric.Kind.MEAN,
            Metric.Axis.FROM_ZERO,
            "Explained variance",
            "of what rollouts come to, by the value network");

    static final Metric PLANNED_STEPS = new Metric(
            "train/planned_steps",
            Metric.Kind.STANDING,
            Metric.Axis.FROM_ZERO,
            "Planned steps",
            "played in rollouts, which total steps do not count");

    /**
     * What learns to walk from nothing; where PPO has the same and nothing spoke against it, stable-baselines3's
     * values.
     */
    public static final ExpertIterationSpec DEFAULT = new ExpertIterationSpec(
            new Schedule.Constant(1e-3),
            64,
            4,
            20,
            new Schedule.Constant(1),
            64,
            4,
            0.99,
            0.5,
            0.5,
            List.of(64, 64),
            Activation.TANH,
            false,
            true,
            1e-5);

    /** Checks every value. */
    public ExpertIterationSpec {
        netArch = List.copyOf(netArch);
        Limits.atLeast("nSteps", nSteps, 1);
        Limits.atLeast("labelFreq", labelFreq, 1);
        Limits.atLeast("horizon", horizon, 1);
        if (horizon > MOST_HORIZON) {
            throw new IllegalArgumentException(
                    "learner.horizon is " + horizon + ": give at most " + MOST_HORIZON + ", 20 is usual.");
        }
        Limits.above0("temperature", temperature.at(1));
        Limits.above0("temperature", temperature.at(0));
        if (batchSize < 0) {
            throw new IllegalArgumentException("learner.batchSize is " + batchSize
                    + ": give a whole number, at least 1, or 0 for all labels of a round.");
        }
        Limits.atLeast("nEpochs", nEpochs, 1);
        Limits.share("gamma", gamma);
        Limits.notNegative("vfCoef", vfCoef);
        Limits.above0OrNone("maxGradNorm", maxGradNorm);
        Limits.netArch(netArch);
        Limits.above0("adamEps", adamEps);
    }

    /** Labels of a whole round of so many environments. */
    long labels(int envs) {
        return (nSteps + labelFreq - 1L) / labelFreq * envs;
    }

    @Override
    public Learner create(
            VectorEnv env,
            Demonstrations demonstrations,
            long totalSteps,
            long seed,
            EpisodeListener listener,
            Workers workers) {
        return new ExpertIterationLearner(this, env, totalSteps, seed, listener, workers);
    }

    @Override
    public void check(long totalSteps, int envs) {
        Limits.rollout(nSteps, envs, totalSteps);
        if (labels(envs) > MOST_LABELS) {
            throw new IllegalArgumentException("learner.nSteps is " + nSteps + ", labelFreq " + labelFreq
                    + " and nEnvs "
                    + envs + ": that makes " + labels(envs) + " labels a round, which are kept in memory; give at most "
                    + MOST_LABELS + ".");
        }
    }

    @Override
    public DemonstrationUse demonstrationUse() {
        return DemonstrationUse.NONE;
    }

    @Override
    public boolean valuesStates() {
        return true;
    }

    @Override
    public boolean plans() {
        return true;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.LOSS,
                Metric.LEARNING_RATE,
                Metric.ENTROPY_LOSS,
                EXPLAINED_VARIANCE,
                VALUE_LOSS,
                POLICY_LOSS,
                GAIN,
                Metric.GRAD_NORM,
                PLANNED_STEPS,
                Metric.UPDATES);
    }

    @Override
    public boolean drawsActions() {
        return true;
    }

    @Override
    public ActionNetwork.Meaning outputs() {
        return ActionNetwork.Meaning.LOGITS;
    }

    @Override
    public Optional<String> doubtAboutClone() {
        return Optional.of("The clone brings no value network, and rollouts are judged by one: learn it first with the"
                + " algorithm ppo, learner.valueWarmup and a learner.cloneKl, and name that run's checkpoint.");
    }
}
