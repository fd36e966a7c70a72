package io.github.qwop.learn.ppo;

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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Hyper-parameters of PPO (Schulman and others, 2017), by stable-baselines3's names and with its meanings. A2C (Mnih
 * and others, 2016) is the case of one pass over the whole rollout (Huang and others, 2022): the ratio is then 1, and
 * the clipped objective's gradient is the plain policy gradient.
 *
 * @param learningRate the optimiser's rate
 * @param nSteps steps of all environments together between updates: a rollout has this times the number of environments
 * @param batchSize transitions per gradient step; 0 for the whole rollout
 * @param nEpochs passes over a rollout
 * @param gamma discount
 * @param gaeLambda decay of generalised advantage estimation (Schulman and others, 2016); 1 takes whole returns
 * @param clipRange how far the probability ratio may pay to move from 1
 * @param clipRangeVf how far a value may pay to move from the rollout's; null for no limit
 * @param normalizeAdvantage whether each batch's advantages get mean 0 and deviation 1
 * @param entCoef weight of the entropy in the loss, a number or a schedule
 * @param vfCoef weight of the value's squared error in the loss
 * @param maxGradNorm largest global norm of a gradient; null for no limit
 * @param targetKl the rollout is left when a batch's divergence exceeds 1.5 times this; null for never
 * @param valueWarmup environment steps at the beginning during which the value network alone learns (from rollouts that
 *     begin in them), for a policy that comes without one, such as a clone
 * @param cloneKl weight in the loss of the policy's divergence from the one that the training started from
 *     ({@code modelLoadFile}): mean Σ p₀ ln(p₀ / p), where p₀ is what that one would do; null for no such loss
 * @param netArch sizes of hidden layers, of policy and value each
 * @param activationFn after hidden layers
 * @param layerNorm whether the sums of hidden layers are normalised before it (Ba, Kiros and Hinton, 2016)
 * @param orthoInit whether layers begin orthogonal (gain √2, last layers 0.01 and 1); else as PyTorch's Linear
 * @param useRmsProp whether RMSprop is the optimiser, not Adam
 * @param rmsPropEps RMSprop's epsilon; with Adam it has no effect
 * @param adamEps Adam's epsilon; with RMSprop, Adam's settings have no effect
 * @param adamBeta1 Adam's decay of the mean
 * @param adamBeta2 Adam's decay of the variance
 */
public record PpoSpec(
        Schedule learningRate,
        int nSteps,
        int batchSize,
        int nEpochs,
        double gamma,
        double gaeLambda,
        Schedule clipRange,
        @Nullable Schedule clipRangeVf,
        boolean normalizeAdvantage,
        Schedule entCoef,
        double vfCoef,
        @Nullable Double maxGradNorm,
        @Nullable Double targetKl,
        long valueWarmup,
        @Nullable Schedule cloneKl,
        List<Integer> netArch,
        Activation activationFn,
        boolean layerNorm,
        boolean orthoInit,
        boolean useRmsProp,
        double rmsPropEps,
        double adamEps,
        double adamBeta1,
        double adamBeta2)
        implements ActorCriticSpec {

    /** More would take gigabytes. */
    private static final long MAX_ROLLOUT = 4_000_000;

    private static final Set<String> ACTOR_CRITIC_NAMES =
            Set.of("n_steps", "gamma", "gae_lambda", "normalize_advantage", "ent_coef", "vf_coef", "max_grad_norm");

    /** Arguments of stable-baselines3's PPO that are settings here, by the same word. */
    public static final Set<String> PPO_PEER_NAMES =
            with("batch_size", "n_epochs", "clip_range", "clip_range_vf", "target_kl");

    /** Arguments of stable-baselines3's A2C that are settings here, by the same word. */
    public static final Set<String> A2C_PEER_NAMES = with("rms_prop_eps", "use_rms_prop");

    static final Metric CLIP_RANGE = new Metric(
            "train/clip_range",
            Metric.Kind.STANDING,
            Metric.Axis.FROM_ZERO,
            "Clip range",
            "of the ratio of probabilities");

    static final Metric CLIP_RANGE_VF = new Metric(
            "train/clip_range_vf",
            Metric.Kind.STANDING,
            Metric.Axis.FROM_ZERO,
            "Clip range of values",
            "of their change");

    static final Metric ENT_COEF = new Metric(
            "train/ent_coef",
            Metric.Kind.STANDING,
            Metric.Axis.FROM_ZERO,
            "Entropy coefficient",
            "weight of the entropy in the loss");

    static final Metric CLONE_KL = new Metric(
            "train/clone_kl", Metric.Kind.MEAN, Metric.Axis.FROM_ZERO, "Divergence from the clone", "in nats");

    static final Metric POLICY_LOSS = new Metric(
            "train/policy_loss",
            Metric.Kind.MEAN,
            Metric.Axis.FREE,
            "Policy loss",
            "minus advantage times log-probability");

    static final Metric POLICY_GRADIENT_LOSS = new Metric(
            "train/policy_gradient_loss",
            Metric.Kind.MEAN,
            Metric.Axis.FREE,
            "Policy loss",
            "of the clipped objective");

    static final Metric APPROX_KL = new Metric(
            "train/approx_kl",
            Metric.Kind.MEAN,
            Metric.Axis.FROM_ZERO,
            "Change of the policy",
            "approximate KL divergence, in nats");

    static final Metric CLIP_FRACTION = new Metric(
            "train/clip_fraction",
            Metric.Kind.MEAN,
            Metric.Axis.FROM_ZERO,
            "Clipped",
            "share of ratios outside of the clip range");

    /** stable-baselines3's PPO. */
    public static final PpoSpec PPO = new PpoSpec(
            new Schedule.Constant(3e-4),
            2048,
            64,
            10,
            0.99,
            0.95,
            new Schedule.Constant(0.2),
            null,
            true,
            new Schedule.Constant(0),
            0.5,
            0.5,
            null,
            0,
            null,
            List.of(64, 64),
            Activation.TANH,
            false,
            true,
            false,
            1e-5,
            1e-5,
            0.9,
            0.999);

    /** stable-baselines3's A2C. */
    public static final PpoSpec A2C = new PpoSpec(
            new Schedule.Constant(7e-4),
            5,
            0,
            1,
            0.99,
            1,
            new Schedule.Constant(0.2),
            null,
            false,
            new Schedule.Constant(0),
            0.5,
            0.5,
            null,
            0,
            null,
            List.of(64, 64),
            Activation.TANH,
            false,
            true,
            true,
            1e-5,
            1e-5,
            0.9,
            0.999);

    /** Checks every value. */
    public PpoSpec {
        netArch = List.copyOf(netArch);
        Limits.atLeast("nSteps", nSteps, 1);
        Limits.atLeast("nEpochs", nEpochs, 1);
        Limits.netArch(netArch);
        if (batchSize < 0) {
            throw new IllegalArgumentException("learner.batchSize is " + batchSize
                    + ": give a whole number, at least 1, or 0 for the whole rollout.");
        }
        if (normalizeAdvantage && batchSize == 1) {
            throw new IllegalArgumentException("learner.batchSize is 1 and learner.normalizeAdvantage true: one"
                    + " advantage cannot be normalised; give a larger batch, or normalizeAdvantage false.");
        }
        Limits.share("gamma", gamma);
        Limits.share("gaeLambda", gaeLambda);
        Limits.decay("adamBeta1", adamBeta1);
        Limits.decay("adamBeta2", adamBeta2);
        Limits.above0("clipRange", clipRange.at(1));
        Limits.above0OrNone("clipRangeVf", clipRangeVf == null ? null : (Double) clipRangeVf.at(1));
        Limits.notNegative("vfCoef", vfCoef);
        Limits.above0OrNone("maxGradNorm", maxGradNorm);
        Limits.above0OrNone("targetKl", targetKl);
        Limits.atLeast("valueWarmup", valueWarmup, 0);
        Limits.above0("rmsPropEps", rmsPropEps);
        Limits.above0("adamEps", adamEps);
    }

    @Override
    public Learner create(
            VectorEnv env,
            Demonstrations demonstrations,
            long totalSteps,
            long seed,
            EpisodeListener listener,
            Workers workers) {
        return new PpoLearner(this, env, totalSteps, seed, listener, workers);
    }

    @Override
    public void check(long totalSteps, int envs) {
        long rollout = (long) nSteps * envs;
        String given = "learner.nSteps is " + nSteps + " with " + envs + (envs == 1 ? " environment" : " environments");
        Limits.rollout(nSteps, envs, totalSteps);
        if (valueWarmup >= totalSteps) {
            throw new IllegalArgumentException("learner.valueWarmup is " + valueWarmup + " and totalTimesteps "
                    + totalSteps + ": the policy would never learn; give fewer, such as 50000, or more steps.");
        }
        if (rollout > MAX_ROLLOUT) {
            throw new IllegalArgumentException(given + ": a rollout is kept in memory and may have " + MAX_ROLLOUT
                    + " transitions at most; give fewer nSteps, 2048 is usual.");
        }
        if (normalizeAdvantage && rollout == 1) {
            throw new IllegalArgumentException(given + " and learner.normalizeAdvantage true: one advantage cannot be"
                    + " normalised; give more nSteps, or normalizeAdvantage false.");
        }
    }

    @Override
    public boolean valuesStates() {
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
                POLICY_LOSS,
                POLICY_GRADIENT_LOSS,
                APPROX_KL,
                CLIP_FRACTION,
                Metric.GRAD_NORM,
                CLONE_KL,
                CLIP_RANGE,
                CLIP_RANGE_VF,
                ENT_COEF,
                Metric.UPDATES);
    }

    private static Set<String> with(String... own) {
        Set<String> names = new TreeSet<>(ACTOR_CRITIC_NAMES);
        names.addAll(List.of(own));
        return Collections.unmodifiableSet(names);
    }

    @Override
    public Optional<String> needsStart() {
        return cloneKl == null
                ? Optional.empty()
                : Optional.of("learner.cloneKl is " + cloneKl + ", and there is no policy to stay near: set"
                        + " modelLoadFile to the clone, or leave cloneKl out.");
    }

    @Override
    public Optional<String> doubtAboutPolicyAlone() {
        return valueWarmup > 0
                ? Optional.empty()
                : Optional.of("The policy brings no value network, and learner.valueWarmup is 0: the first updates"
                        + " follow a random one and can undo the policy; set learner.valueWarmup, such as 100000, and"
                        + " learner.cloneKl.");
    }
}
