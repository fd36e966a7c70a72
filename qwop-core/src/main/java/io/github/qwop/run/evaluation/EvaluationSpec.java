package io.github.qwop.run.evaluation;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.run.GameSpec;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation is to do.
 *
 * @param runId the run, also its folder's name
 * @param policy the policy's file; null for the run's best checkpoint
 * @param episodes how many, at least 1
 * @param seed seeds the start variations and the random baseline
 * @param recordings how many of the best episodes are kept as recordings, beside the median; at least the best is
 * @param game the game that is played
 * @param genuine the genuine game's folder, if it is that one
 * @param environment where they are played
 * @param gate what must be reached
 */
public record EvaluationSpec(
        String runId,
        @Nullable String policy,
        int episodes,
        long seed,
        int recordings,
        GameSpec.Kind game,
        @Nullable String genuine,
        EnvSpec environment,
        GateSpec gate) {

    private static final int MOST_EPISODES = 100_000;

    /** Checks every value. */
    public EvaluationSpec {
        if (episodes < 1 || episodes > MOST_EPISODES) {
            throw new IllegalArgumentException(
                    "evaluate.episodes is " + episodes + ": give 1 to " + MOST_EPISODES + ", 50 is usual.");
        }
        if (recordings < 0) {
            throw new IllegalArgumentException(
                    "evaluate.recordings is " + recordings + ": give how many episodes to keep, or 0.");
        }
    }
}
