package io.github.qwop.run.sensitivity;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.parallel.Workers;
import io.github.qwop.run.policy.PolicyRequest;
import org.jspecify.annotations.Nullable;

/**
 * How a policy's sensitivity is measured.
 *
 * @param runId the run, also its folder's name
 * @param policy the policy's file; null for the run's best checkpoint
 * @param episodes how many are played with each disturbance, at least 1
 * @param seed seeds the start variations and what happens to keys
 * @param threads how many episodes are played side by side; the outcome does not depend on it
 * @param environment where they are played; the disturbances take the place of its own
 */
public record SensitivitySpec(
        String runId, @Nullable String policy, int episodes, long seed, int threads, EnvSpec environment)
        implements PolicyRequest.Spec {

    private static final int MOST_EPISODES = 10_000;

    /** Checks the counts. */
    public SensitivitySpec {
        if (episodes < 1 || episodes > MOST_EPISODES) {
            throw new IllegalArgumentException(
                    "sensitivity.episodes is " + episodes + ": give 1 to " + MOST_EPISODES + ", 50 is usual.");
        }
        Workers.check(threads);
    }

    /** A measurement in an environment, with every other setting as it is where none is given. */
    public static SensitivitySpec of(EnvSpec environment) {
        return new SensitivitySpec("qwop", null, 50, 1, Workers.usual(), environment);
    }
}
