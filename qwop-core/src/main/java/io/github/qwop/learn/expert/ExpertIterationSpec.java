package io.github.qwop.learn.expert;

import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.VectorEnv;
import io.github.qwop.learn.ActorCriticSpec;
import io.github.qwop.learn.EpisodeListener;
import io.github.qwop.learn.Learner;
import io.github.qwop.learn.Limits;
import io.github.qwop.metric.Metric;
import io.github.qwop.model.Activation;
import io.github.qwop.parallel.Workers;
import io.github.qwop.schedule.Schedule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hyper-parameters of expert iteration (Anthony and others, 2017), whose expert is policy rollout: from states of the
 * policy's own play every action is tried in a copy of the game, the policy plays on, and what it comes to there is
 * learned. Names that PPO has too mean what they mean there.
 *
 * @param learningRate Adam's rate
 * @param nSteps steps of all environments together between updates
 * @param labelFreq of an environment's steps between updates the first and every so many after it is planned from,
 *     which costs actions × {@code horizon} steps
 * @param horizon steps of a rollout, its first action included; what comes after them is what the critic says
 * @param maxKl how far what is to be learned may leave the policy that played, in the mean: a divergence in nats, a
 *     number or a schedule; more trusts the rollouts more
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
        Schedule maxKl,
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
        implements ActorCriticSpec {

    /** Steps of all rollouts of one action in a round: a training that is stopped waits for the round's end. */
    private static final long MOST_PLANNED = 100_000;

    static final Metric PLANNED_KL = new Metric(
            "train/planned_kl",
            Metric.Kind.MEAN,
            Metric.Axis.FROM_ZERO,
            "Left to learn",
            "divergence of what was planned from the policy, in nats");

    static final Metric GAIN = new Metric(
            "train/planned_gain",
            Metric.Kind.MEAN,
            Metric.Axis.FROM_ZERO,
            "Planned gain",
            "what a decision is planned to be better by, in reward");

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
            new Schedule.Constant(0.25),
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
        if (labelFreq > nSteps) {
            throw new IllegalArgumentException("learner.labelFreq is " + labelFreq + " and learner.nSteps " + nSteps
                    + ": no step after the first would ever be planned from; give at most nSteps.");
        }
        if (!isAbove0(maxKl.at(1)) || !isAbove0(maxKl.at(0))) {
            throw new IllegalArgumentException("learner.maxKl is " + maxKl
                    + ": give a number above 0, or a schedule that stays above it, such as 0.25.");
        }
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

    private static boolean isAbove0(double value) {
        return value > 0 && Double.isFinite(value);
    }

    /** Labels of a whole round of so many environments. */
    long labels(int envs) {
        return (nSteps - 1L) / labelFreq * envs + envs;
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
        long planned = labels(envs) * horizon;
        if (planned > MOST_PLANNED) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "learner.nSteps is %d, labelFreq %d and horizon %d with %d environments: a round would plan %,d steps"
                            + " for each action, and a training can be stopped between rounds alone; give at most %,d.",
                    nSteps,
                    labelFreq,
                    horizon,
                    envs,
                    planned,
                    MOST_PLANNED));
        }
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
                Metric.EXPLAINED_VARIANCE,
                Metric.VALUE_LOSS,
                PLANNED_KL,
                GAIN,
                Metric.GRAD_NORM,
                PLANNED_STEPS,
                Metric.UPDATES);
    }

    @Override
    public Optional<String> doubtAboutPolicyAlone() {
        return Optional.of("The policy brings no value network, and rollouts are judged by one: learn it first with the"
                + " algorithm ppo, a learner.valueWarmup such as 100000 and a learner.cloneKl such as 0.1, and name that"
                + " run's checkpoint.");
    }
}
