package io.github.qwop.learn;

import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.VectorEnv;
import io.github.qwop.metric.Metric;
import io.github.qwop.model.ActionNetwork;
import io.github.qwop.parallel.Workers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A learning algorithm with its hyper-parameters. Implementations are records: their components are the settings. */
public interface LearnerSpec {

    /**
     * A learner before its first step.
     *
     * @param env what it plays; closed with it
     * @param demonstrations what others did in it; {@link Demonstrations#none} if there is nothing
     * @param totalSteps environment steps of the whole training: what schedules run over
     * @param seed seeds every random stream of the learner
     * @param listener hears of every episode
     * @param workers share what can be shared; they change nothing but the time that it takes
     */
    Learner create(
            VectorEnv env,
            Demonstrations demonstrations,
            long totalSteps,
            long seed,
            EpisodeListener listener,
            Workers workers);

    /** A learner that works in one thread. */
    default Learner create(
            VectorEnv env, Demonstrations demonstrations, long totalSteps, long seed, EpisodeListener listener) {
        return create(env, demonstrations, totalSteps, seed, listener, Workers.one());
    }

    /**
     * Checks the hyper-parameters against the size of the training.
     *
     * @param totalSteps environment steps of the whole training
     * @param envs number of environments
     * @throws IllegalArgumentException if they do not fit; the message is for the user
     */
    void check(long totalSteps, int envs);

    /** Whether the learner can do without demonstrations, with them, or both. */
    DemonstrationUse demonstrationUse();

    /** Hyper-parameters, by name in text form, whose defaults are others where there are demonstrations. */
    default Map<String, String> demonstratedDefaults() {
        return Map.of();
    }

    /** Discount of future rewards, 0 to 1. */
    double gamma();

    /** What the outputs of the network mean. */
    ActionNetwork.Meaning outputs();

    /** Whether the actor's outputs estimate discounted returns: their bias can then be watched. */
    default boolean estimatesReturns() {
        return outputs() == ActionNetwork.Meaning.QUANTILES;
    }

    /** Whether a network beside the policy tells what a state is worth, which another such learner can go on with. */
    default boolean valuesStates() {
        return false;
    }

    /** Whether its learners try what is to come, and so need environments that can be put into a state. */
    default boolean plans() {
        return false;
    }

    /** What its learners tell of themselves, in the order of their charts; with some settings there is less of it. */
    List<Metric> metrics();

    /** Whether the learner draws its actions from what the network says: their entropy can then be watched. */
    boolean drawsActions();

    /** Why these settings make no sense without a network to start from, as a sentence for the user. */
    default Optional<String> needsStart() {
        return Optional.empty();
    }

    /** What is doubtful about starting from a policy without its values, such as a clone, as sentences for the user. */
    default Optional<String> doubtAboutPolicyAlone() {
        return Optional.empty();
    }
}
