package io.github.qwop.learn.dqn;

import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.Observation;
import io.github.qwop.env.VectorEnv;
import io.github.qwop.learn.DemonstrationUse;
import io.github.qwop.learn.EpisodeListener;
import io.github.qwop.learn.Learner;
import io.github.qwop.learn.LearnerSpec;
import io.github.qwop.learn.Limits;
import io.github.qwop.learn.replay.ReplayBuffer;
import io.github.qwop.metric.Metric;
import io.github.qwop.model.ActionNetwork;
import io.github.qwop.model.Activation;
import io.github.qwop.parallel.Workers;
import io.github.qwop.schedule.Schedule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hyper-parameters of the DQN family, by stable-baselines3's names and with its meanings. With n environments side by
 * side: {@code trainFreq} counts steps of all of them together (each plays n environment steps), epsilon is drawn once
 * per such step, and {@code targetUpdateInterval} counts environment steps.
 *
 * @param learningRate Adam's rate
 * @param bufferSize transitions kept, over all environments; their observations may have 2³¹ numbers in all
 * @param learningStarts environment steps before the first update: of random actions, or of the policy's own if the
 *     network comes from elsewhere
 * @param batchSize transitions per update; with {@code nQuantiles} of each at most 50 million in all
 * @param tau share of the online network that the target network takes at each of its updates, 1 copies
 * @param gamma discount
 * @param trainFreq steps of all environments between updates
 * @param gradientSteps updates each time
 * @param targetUpdateInterval environment steps between updates of the target network
 * @param explorationFraction share of the training over which epsilon falls
 * @param explorationInitialEps epsilon at the beginning
 * @param explorationFinalEps epsilon from then on
 * @param maxGradNorm largest global norm of a gradient; null for no limit
 * @param nQuantiles quantiles per action; 1 makes it DQN, with the Huber loss of the mean
 * @param netArch sizes of hidden layers
 * @param activationFn after hidden layers
 * @param layerNorm whether the sums of hidden layers are normalised before it (Ba, Kiros and Hinton, 2016)
 * @param adamEps Adam's epsilon; null for 0.01 / batchSize, as sb3-contrib has it
 * @param adamBeta1 Adam's decay of the mean
 * @param adamBeta2 Adam's decay of the variance
 * @param weightDecay share of every weight and bias that is added to its gradient, as PyTorch's Adam has it: an L2
 *     penalty of half of it times their squares; 1e-5 with demonstrations
 * @param doubleQ whether the online network chooses the next action (van Hasselt and others, 2016)
 * @param dueling whether value and advantage have streams of their own (Wang and others, 2016)
 * @param nStep rewards summed before the bootstrap (Sutton, 1988); 10 with demonstrations
 * @param oneStepWeight weight of a loss over one step beside the one over {@code nStep} steps, if that is more than
 *     one; 1 with demonstrations
 * @param prioritized whether transitions are drawn by their last error (Schaul and others, 2016): one from each of as
 *     many equal ranges of all priorities as there are draws
 * @param prioritizedAlpha how strongly; 0 is evenly
 * @param prioritizedBeta exponent of the importance weights at the beginning; it rises to 1 over the training
 * @param demoRatio share of a batch that is drawn from the demonstrations at the beginning, if there are some and no
 *     {@code demoBonus}
 * @param demoFraction share of the training over which {@code demoRatio} and {@code marginWeight} fall to 0; null for
 *     never
 * @param demoPretrainSteps updates from demonstrations alone before the first environment step
 * @param demoBonus what is added to the error of a demonstration in its priority: they are then drawn from one buffer
 *     with all else, by their priorities (Hester and others, 2018, with 1); null for evenly, from a buffer of their own
 * @param margin by how much a demonstrated action's value is to exceed that of every other
 * @param marginWeight weight of the loss that asks for it, against that of a quantile, at the beginning
 */
public record DqnSpec(
        Schedule learningRate,
        int bufferSize,
        long learningStarts,
        int batchSize,
        double tau,
        double gamma,
        int trainFreq,
        int gradientSteps,
        long targetUpdateInterval,
        double explorationFraction,
        double explorationInitialEps,
        double explorationFinalEps,
        @Nullable Double maxGradNorm,
        int nQuantiles,
        List<Integer> netArch,
        Activation activationFn,
        boolean layerNorm,
        @Nullable Double adamEps,
        double adamBeta1,
        double adamBeta2,
        double weightDecay,
        boolean doubleQ,
        boolean dueling,
        int nStep,
        double oneStepWeight,
        boolean prioritized,
        double prioritizedAlpha,
        double prioritizedBeta,
        double demoRatio,
        @Nullable Double demoFraction,
        int demoPretrainSteps,
        @Nullable Double demoBonus,
        double margin,
        double marginWeight)
        implements LearnerSpec {

    /** Transitions of a batch. */
    private static final int MOST_AT_ONCE = 100_000;

    /** Quantiles of an action. */
    private static final int MOST_QUANTILES = 10_000;

    /** Quantiles of a batch; more would take gigabytes. */
    private static final long MOST_OF_A_BATCH = 50_000_000;

    /** Arguments of stable-baselines3's DQN and sb3-contrib's QR-DQN that are settings here, by the same word. */
    public static final Set<String> PEER_NAMES = Set.of(
            "buffer_size",
            "learning_starts",
            "batch_size",
            "tau",
            "gamma",
            "train_freq",
            "gradient_steps",
            "target_update_interval",
            "exploration_fraction",
            "exploration_initial_eps",
            "exploration_final_eps",
            "max_grad_norm");

    static final Metric EPSILON = new Metric(
            "rollout/exploration_rate",
            Metric.Kind.STANDING,
            Metric.Axis.FROM_ZERO,
            "Epsilon",
            "share of random actions");

    static final Metric VALUE = new Metric(
            "train/q_value",
            Metric.Kind.MEAN,
            Metric.Axis.FROM_ZERO,
            "Value",
            "mean estimate of the actions in the batches");

    static final Metric MARGIN_LOSS = new Metric(
            "train/margin_loss",
            Metric.Kind.MEAN,
            Metric.Axis.LOGARITHMIC,
            "Margin loss",
            "of demonstrated actions against the others");

    static final Metric DEMONSTRATIONS = new Metric(
            "train/demo_count", Metric.Kind.STANDING, Metric.Axis.FROM_ZERO, "Demonstrations drawn", "so far");

    /** sb3-contrib's QR-DQN. */
    public static final DqnSpec QR_DQN = new DqnSpec(
            new Schedule.Constant(5e-5),
            1_000_000,
            100,
            32,
            1,
            0.99,
            4,
            1,
            10_000,
            0.005,
            1,
            0.01,
            null,
            200,
            List.of(64, 64),
            Activation.RELU,
            false,
            null,
            0.9,
            0.999,
            0,
            false,
            false,
            1,
            0,
            false,
            0.6,
            0.4,
            0.25,
            0.5,
            0,
            null,
            0.8,
            1);

    /** stable-baselines3's DQN. */
    public static final DqnSpec DQN = new DqnSpec(
            new Schedule.Constant(1e-4),
            1_000_000,
            100,
            32,
            1,
            0.99,
            4,
            1,
            10_000,
            0.1,
            1,
            0.05,
            10.0,
            1,
            List.of(64, 64),
            Activation.RELU,
            false,
            1e-8,
            0.9,
            0.999,
            0,
            false,
            false,
            1,
            0,
            false,
            0.6,
            0.4,
            0.25,
            0.5,
            0,
            null,
            0.8,
            1);

    /** Checks every value. */
    public DqnSpec {
        netArch = List.copyOf(netArch);
        Limits.atLeast("bufferSize", bufferSize, 1);
        Limits.atLeast("learningStarts", learningStarts, 0);
        Limits.within("batchSize", batchSize, MOST_AT_ONCE);
        Limits.atLeast("trainFreq", trainFreq, 1);
        Limits.atLeast("gradientSteps", gradientSteps, 1);
        Limits.atLeast("targetUpdateInterval", targetUpdateInterval, 1);
        Limits.within("nQuantiles", nQuantiles, MOST_QUANTILES);
        Limits.atLeast("nStep", nStep, 1);
        Limits.netArch(netArch);
        Limits.share("tau", tau);
        Limits.share("gamma", gamma);
        Limits.share("explorationFraction", explorationFraction);
        Limits.share("explorationInitialEps", explorationInitialEps);
        Limits.share("explorationFinalEps", explorationFinalEps);
        if (adamEps != null) {
            Limits.above0("adamEps", adamEps);
        }
        Limits.decay("adamBeta1", adamBeta1);
        Limits.decay("adamBeta2", adamBeta2);
        Limits.notNegative("weightDecay", weightDecay);
        Limits.notNegative("oneStepWeight", oneStepWeight);
        Limits.share("prioritizedAlpha", prioritizedAlpha);
        Limits.share("prioritizedBeta", prioritizedBeta);
        Limits.share("demoRatio", demoRatio);
        if (demoFraction != null) {
            Limits.share("demoFraction", demoFraction);
        }
        Limits.atLeast("demoPretrainSteps", demoPretrainSteps, 0);
        if (demoBonus != null) {
            Limits.notNegative("demoBonus", demoBonus);
        }
        Limits.notNegative("margin", margin);
        Limits.notNegative("marginWeight", marginWeight);
        Limits.above0OrNone("maxGradNorm", maxGradNorm);
        if (demoBonus != null && !prioritized) {
            throw new IllegalArgumentException("learner.demoBonus is " + demoBonus
                    + " and learner.prioritized false: there are no priorities for it; set prioritized to true, or"
                    + " demoBonus to none.");
        }
        if ((long) batchSize * nQuantiles > MOST_OF_A_BATCH) {
            throw new IllegalArgumentException("learner.batchSize is " + batchSize + " and learner.nQuantiles "
                    + nQuantiles + ": a batch would have more than " + MOST_OF_A_BATCH
                    + " quantiles; give less of one of them, 64 and 200 are usual.");
        }
        if (batchSize > bufferSize) {
            throw new IllegalArgumentException(
                    "learner.batchSize is " + batchSize + " and learner.bufferSize " + bufferSize
                            + ": a batch cannot be larger than the buffer; give a smaller batch or a larger buffer.");
        }
    }

    /** Adam's epsilon with its default resolved. */
    public double resolvedAdamEps() {
        return adamEps == null ? 0.01 / batchSize : adamEps;
    }

    /** Epsilon at a progress remaining of 1 to 0. */
    public double exploration(double progressRemaining) {
        double done = 1 - progressRemaining;
        if (done > explorationFraction || explorationFraction == 0) {
            return explorationFinalEps;
        }
        return explorationInitialEps + done * (explorationFinalEps - explorationInitialEps) / explorationFraction;
    }

    /** What {@link #demoRatio} and {@link #marginWeight} are multiplied by at a progress remaining of 1 to 0. */
    double demonstrationWeight(double progressRemaining) {
        if (demoFraction == null) {
            return 1;
        }
        return demoFraction == 0 ? 0 : Math.max(0, 1 - (1 - progressRemaining) / demoFraction);
    }

    @Override
    public Learner create(
            VectorEnv env,
            Demonstrations demonstrations,
            long totalSteps,
            long seed,
            EpisodeListener listener,
            Workers workers) {
        return new DqnLearner(this, env, demonstrations, totalSteps, seed, listener, workers);
    }

    @Override
    public void check(long totalSteps, int envs) {
        if (learningStarts >= totalSteps) {
            throw new IllegalArgumentException("learner.learningStarts is " + learningStarts + " and totalTimesteps "
                    + totalSteps + ": nothing would be learned; give a smaller learningStarts or more steps.");
        }
        if (bufferSize < envs * (nStep + 1L)) {
            throw new IllegalArgumentException("learner.bufferSize is " + bufferSize + " with " + envs
                    + " environments and nStep " + nStep + ": give at least " + envs * (nStep + 1L) + ".");
        }
        int most = ReplayBuffer.largestCapacity(envs, Observation.longest());
        if (bufferSize > most) {
            throw new IllegalArgumentException("learner.bufferSize is " + bufferSize + " with " + envs
                    + " environments: give at most " + most + ", which is what one array can hold, 100000 is usual.");
        }
    }

    @Override
    public DemonstrationUse demonstrationUse() {
        return DemonstrationUse.OPTIONAL;
    }

    /** What Hester and others (2018) learn from demonstrations with. */
    @Override
    public Map<String, String> demonstratedDefaults() {
        return Map.of("nStep", "10", "oneStepWeight", "1", "weightDecay", "1e-5");
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.LOSS,
                EPSILON,
                Metric.LEARNING_RATE,
                VALUE,
                Metric.GRAD_NORM,
                MARGIN_LOSS,
                DEMONSTRATIONS,
                Metric.UPDATES);
    }

    @Override
    public boolean drawsActions() {
        return false;
    }

    @Override
    public ActionNetwork.Meaning outputs() {
        return ActionNetwork.Meaning.QUANTILES;
    }
}
