package io.github.qwop.maven;

import java.util.Map;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Measures how much of a policy is left where its keys fail: plays the same starts with keys 0 to 4 updates late, up to
 * 1, 2 and 4 updates uneven, and with 1, 2, 5 and 10 % of the decisions lost, and each start with one change of keys an
 * update late. Writes {@code sensitivity.json} into the run's folder, which the report draws. To gate a policy on such
 * play, set {@code keyDelay}, {@code keyJitter} or {@code dropped} in the environment of an evaluation.
 */
@SuppressWarnings("NullAway.Init")
@Mojo(name = "sensitivity", defaultPhase = LifecyclePhase.INTEGRATION_TEST, threadSafe = true, requiresProject = false)
public final class SensitivityMojo extends AbstractPolicyMojo {

    /** Skips the measurement. */
    @Parameter(property = PropertyNames.SKIP_SENSITIVITY, defaultValue = "false")
    private @Nullable String skipSensitivity;

    /** Number of episodes with each of the 12 disturbances, and of those with a slip, at least 1. */
    @Parameter(property = PropertyNames.SENSITIVITY_EPISODES, defaultValue = "50")
    private @Nullable String episodes;

    /** Seed of the start variations and of what happens to keys: the same seed plays the same episodes. */
    @Parameter(property = PropertyNames.SENSITIVITY_SEED, defaultValue = "1")
    private @Nullable String sensitivitySeed;

    /**
     * How many threads work at once. The outcome does not depend on it. Default: as many as this machine has
     * processors, at most 8.
     */
    @Parameter(property = PropertyNames.THREADS)
    private @Nullable String threads;

    @Override
    String goal() {
        return "sensitivity";
    }

    @Override
    boolean skipGoal() {
        return isSet(PropertyNames.SKIP_SENSITIVITY, skipSensitivity);
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = policySettings();
        put(settings, "episodes", PropertyNames.SENSITIVITY_EPISODES, episodes);
        put(settings, "seed", PropertyNames.SENSITIVITY_SEED, sensitivitySeed);
        put(settings, "threads", PropertyNames.THREADS, threads);
        return settings;
    }
}
