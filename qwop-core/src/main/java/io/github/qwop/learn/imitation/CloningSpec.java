package io.github.qwop.learn.imitation;

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
import java.util.Set;

/**
 * Hyper-parameters of behavioural cloning, by the names of the Python package imitation. How long it learns is counted
 * in demonstrated steps, over all passes: they take the place of environment steps.
 *
 * @param learningRate Adam's rate
 * @param batchSize demonstrated steps per gradient step
 * @param entWeight weight of the policy's entropy, which keeps it from certainty
 * @param netArch sizes of hidden layers
 * @param activationFn after hidden layers
 * @param layerNorm whether the sums of hidden layers are normalised before it (Ba, Kiros and Hinton, 2016)
 */
public record CloningSpec(
        Schedule learningRate,
        int batchSize,
        double entWeight,
        List<Integer> netArch,
        Activation activationFn,
        boolean layerNorm)
        implements LearnerSpec {

    /** What the network thinks of the demonstrated actions. */
    static final Metric LIKELIHOOD_LOSS = new Metric(
            "train/neglogp",
            Metric.Kind.MEAN,
            Metric.Axis.FROM_ZERO,
            "Negative log-likelihood",
            "of the demonstrated actions, in nats");

    /** imitation's values, but with the network of {@code PpoSpec.PPO}, so that PPO can go on from it as it is. */
    public static final CloningSpec DEFAULT =
            new CloningSpec(new Schedule.Constant(1e-3), 32, 1e-3, List.of(64, 64), Activation.TANH, false);

    /** Arguments of imitation's BC that are settings here, by the same word. */
    public static final Set<String> PEER_NAMES = Set.of("batch_size", "ent_weight");

    /** Checks every value. */
    public CloningSpec {
        netArch = List.copyOf(netArch);
        Limits.notNegative("entWeight", entWeight);
        Limits.atLeast("batchSize", batchSize, 1);
        Limits.netArch(netArch);
    }

    @Override
    public Learner create(
            VectorEnv env,
            Demonstrations demonstrations,
            long totalSteps,
            long seed,
            EpisodeListener listener,
            Workers workers) {
        env.close();
        return new BehaviouralCloning(this, demonstrations, totalSteps, seed, workers);
    }

    /** Any length and any number of environments will do: none is played. */
    @Override
    public void check(long totalSteps, int envs) {}

    @Override
    public DemonstrationUse demonstrationUse() {
        return DemonstrationUse.REQUIRED;
    }

    /** Nothing is discounted, because nothing is valued. */
    @Override
    public double gamma() {
        return 1;
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                Metric.LOSS,
                LIKELIHOOD_LOSS,
                Metric.ENTROPY_LOSS,
                Metric.GRAD_NORM,
                Metric.LEARNING_RATE,
                Metric.UPDATES);
    }

    @Override
    public boolean drawsActions() {
        return false;
    }

    @Override
    public ActionNetwork.Meaning outputs() {
        return ActionNetwork.Meaning.LOGITS;
    }
}
