package io.github.qwop.learn.acer;

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
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Hyper-parameters of ACER (Wang and others, 2017), by the names of stable-baselines, the one before stable-baselines3,
 * and with its meanings. Its {@code lr_schedule} is in {@code learningRate}: {@code lin_decay_0.0007_0_1} is a
 * {@code learning_rate} of 0.0007 with the schedule {@code linear}.
 *
 * @param learningRate the optimiser's rate
 * @param nSteps steps of all environments together in a rollout, from which is learned at once, and which is kept
 * @param gamma discount
 * @param qCoef weight of the loss of the actions' values
 * @param entCoef weight of the policy's mean entropy, a number or a schedule
 * @param maxGradNorm largest global norm of a gradient; null for no limit
 * @param rpropAlpha share of RMSprop's mean square that stays at each update
 * @param rpropEpsilon RMSprop's epsilon, under the root, as TensorFlow has it
 * @param bufferSize steps of all environments together that are kept, at least {@code nSteps}
 * @param replayRatio kept rollouts that are learned from after each new one: so many in the mean, drawn by Poisson's
 *     distribution; 0 learns from new ones alone
 * @param replayStart steps of all environments together that must be kept before
 * @param correctionTerm where the weights of kept actions are cut off; what that leaves out is made good by the values
 * @param trustRegion whether the policy is kept near the mean of past policies
 * @param alpha share of that mean that stays at each update
 * @param delta how fast an update may lead away from it, in the gradient's units
 * @param netArch sizes of hidden layers, of policy and values each
 * @param activationFn after hidden layers
 * @param layerNorm whether the sums of hidden layers are normalised before it (Ba, Kiros and Hinton, 2016)
 * @param orthoInit whether layers begin orthogonal (gain √2, last layers 0.01); else as PyTorch's Linear
 */
public record AcerSpec(
        Schedule learningRate,
        int nSteps,
        double gamma,
        double qCoef,
        Schedule entCoef,
        @Nullable Double maxGradNorm,
        double rpropAlpha,
        double rpropEpsilon,
        int bufferSize,
        double replayRatio,
        int replayStart,
        double correctionTerm,
        boolean trustRegion,
        double alpha,
        double delta,
        List<Integer> netArch,
        Activation activationFn,
        boolean layerNorm,
        boolean orthoInit)
        implements ActorCriticSpec {

    /** More would take gigabytes. */
    private static final long MOST_KEPT = 4_000_000;

    /** Transitions of a rollout, which is learned from in one update. */
    private static final long MOST_AT_ONCE = 100_000;

    /** More would learn from one rollout for minutes. */
    private static final double MOST_REPLAYS = 100;

    /** Arguments of stable-baselines' ACER that are settings here, by the same word. */
    public static final Set<String> PEER_NAMES = Collections.unmodifiableSet(new TreeSet<>(List.of(
            "n_steps",
            "gamma",
            "q_coef",
            "ent_coef",
            "max_grad_norm",
            "rprop_alpha",
            "rprop_epsilon",
            "buffer_size",
            "replay_ratio",
            "replay_start",
            "correction_term",
            "trust_region",
            "alpha",
            "delta")));

    static final Metric LOSS_POLICY = new Metric(
            "train/loss_policy",
            Metric.Kind.MEAN,
            Metric.Axis.FREE,
            "Policy loss",
            "of the actions taken and of the correction");

    static final Metric LOSS_BC = new Metric(
            "train/loss_bc",
            Metric.Kind.MEAN,
            Metric.Axis.FREE,
            "Correction",
            "of the policy loss, where weights are cut off");

    static final Metric LOSS_Q = new Metric(
            "train/loss_q",
            Metric.Kind.MEAN,
            Metric.Axis.LOGARITHMIC,
            "Value loss",
            "half the squared error of the actions' values");

    static final Metric ADJUSTMENT = new Metric(
            "train/avg_norm_adj",
            Metric.Kind.MEAN,
            Metric.Axis.FROM_ZERO,
            "Trust region",
            "what it takes off the gradient");

    static final Metric DIVERGENCE = new Metric(
            "train/average_kl",
            Metric.Kind.MEAN,
            Metric.Axis.FROM_ZERO,
            "Away from the mean policy",
            "divergence, in nats");

    static final Metric ENT_COEF = new Metric(
            "train/ent_coef",
            Metric.Kind.STANDING,
            Metric.Axis.FROM_ZERO,
            "Entropy coefficient",
            "weight of the entropy in the loss");

    /** stable-baselines' ACER, with its MlpPolicy. */
    public static final AcerSpec ACER = new AcerSpec(
            Schedule.parse("lin_decay_0.0007_0_1"),
            20,
            0.99,
            0.5,
            new Schedule.Constant(0.01),
            10.0,
            0.99,
            1e-5,
            5000,
            4,
            1000,
            10,
            true,
            0.99,
            1,
            List.of(64, 64),
            Activation.TANH,
            false,
            true);

    /** Checks every value. */
    public AcerSpec {
        netArch = List.copyOf(netArch);
        Limits.netArch(netArch);
        Limits.atLeast("nSteps", nSteps, 1);
        Limits.share("gamma", gamma);
        Limits.notNegative("qCoef", qCoef);
        Limits.above0OrNone("maxGradNorm", maxGradNorm);
        Limits.decay("rpropAlpha", rpropAlpha);
        Limits.above0("rpropEpsilon", rpropEpsilon);
        Limits.atLeast("bufferSize", bufferSize, 1);
        if (bufferSize < nSteps) {
            throw new IllegalArgumentException("learner.nSteps is " + nSteps + " and learner.bufferSize " + bufferSize
                    + ": a rollout must fit; give fewer nSteps, 20 is usual, or a larger bufferSize.");
        }
        if (!(replayRatio >= 0 && replayRatio <= MOST_REPLAYS)) {
            throw new IllegalArgumentException("learner.replayRatio is " + replayRatio + ": give a number from 0 to "
                    + (int) MOST_REPLAYS + ", 4 is usual.");
        }
        Limits.atLeast("replayStart", replayStart, 0);
        if (replayRatio > 0 && replayStart > bufferSize) {
            throw new IllegalArgumentException("learner.replayStart is " + replayStart + " and learner.bufferSize "
                    + bufferSize + ": so much is never kept; give at most that, or replayRatio 0.");
        }
        Limits.above0("correctionTerm", correctionTerm);
        Limits.decay("alpha", alpha);
        Limits.notNegative("delta", delta);
    }

    @Override
    public Learner create(
            VectorEnv env,
            Demonstrations demonstrations,
            long totalSteps,
            long seed,
            EpisodeListener listener,
            Workers workers) {
        return new AcerLearner(this, env, totalSteps, seed, listener, workers);
    }

    @Override
    public void check(long totalSteps, int envs) {
        long rollout = (long) nSteps * envs;
        Limits.rollout(nSteps, envs, totalSteps);
        if (rollout > MOST_AT_ONCE) {
            throw new IllegalArgumentException("learner.nSteps is " + nSteps + " with " + envs
                    + " environments: a rollout is learned from at once and may have " + MOST_AT_ONCE
                    + " transitions at most; give fewer nSteps, 20 is usual.");
        }
        if ((long) bufferSize * envs > MOST_KEPT) {
            throw new IllegalArgumentException("learner.bufferSize is " + bufferSize + " steps of " + envs
                    + " environments: they are kept in memory and may be " + MOST_KEPT
                    + " transitions at most; give fewer, 5000 is usual.");
        }
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.LOSS,
                Metric.LEARNING_RATE,
                Metric.ENTROPY_LOSS,
                Metric.EXPLAINED_VARIANCE,
                LOSS_Q,
                LOSS_POLICY,
                LOSS_BC,
                DIVERGENCE,
                ADJUSTMENT,
                Metric.GRAD_NORM,
                ENT_COEF,
                Metric.UPDATES);
    }
}
