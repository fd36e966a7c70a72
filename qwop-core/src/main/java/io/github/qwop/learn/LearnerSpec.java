package io.github.qwop.learn;

import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.VectorEnv;
import java.util.Map;

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
     */
    Learner create(VectorEnv env, Demonstrations demonstrations, long totalSteps, long seed, EpisodeListener listener);

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

    /** Whether the actor's outputs estimate discounted returns: their bias can then be watched. */
    boolean estimatesReturns();

    /** Whether the learner draws its actions from what the network says: their entropy can then be watched. */
    boolean drawsActions();
}
