package io.github.qwop.run.evaluation;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.parallel.Workers;
import io.github.qwop.run.GameSpec;
import io.github.qwop.run.Lanes;
import io.github.qwop.run.policy.PolicyRequest;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation is to do.
 *
 * @param runId the run, also its folder's name
 * @param policy the policy's file; null for the run's best checkpoint
 * @param episodes how many, at least 1
 * @param seed seeds the start variations and the random baseline
 * @param recordings how many of the best episodes are kept as recordings, beside the median; at least the best is
 * @param keepEpisodes whether every episode is kept as a recording
 * @param game the game that is played
 * @param genuine the genuine game's folder, if it is that one
 * @param processes how many pages are played side by side, if it is a page
 * @param threads how many episodes are played side by side, if it is the twin; the outcome does not depend on it
 * @param baseline what {@link GateSpec#maxDistanceDrop} and {@link GateSpec#betterThanBaseline} compare with: a file of
 *     an evaluation, which may also be written, or a policy, which is played from the same starts; null for none
 * @param updateBaseline when this evaluation becomes the baseline
 * @param deferGate whether a fallen gate is only written down, for the goal {@code gate} to fail the build later
 * @param environment where they are played
 * @param gate what must be reached
 */
public record EvaluationSpec(
        String runId,
        @Nullable String policy,
        int episodes,
        long seed,
        int recordings,
        boolean keepEpisodes,
        GameSpec.Kind game,
        @Nullable String genuine,
        int processes,
        int threads,
        @Nullable String baseline,
        UpdateBaseline updateBaseline,
        boolean deferGate,
        EnvSpec environment,
        GateSpec gate)
        implements PolicyRequest.Spec {

    private static final int MOST_EPISODES = 100_000;

    /** Fewer episodes say little about a mean. */
    private static final int LEAST_FOR_BASELINE = 10;

    /** When an evaluation becomes the baseline. */
    public enum UpdateBaseline {
        /** Never: it is held against the one that is there. */
        FALSE,
        /** If no gate falls but the one against the baseline before. */
        TRUE,
        /** Whatever it reached. */
        FORCE
    }

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
        Lanes.check(processes);
        Workers.check(threads);
        gate.requireOfOnePolicy();
        boolean updates = updateBaseline != UpdateBaseline.FALSE;
        if (baseline == null) {
            requireNoBaseline(updateBaseline, gate);
        } else if (updates && Baseline.isPolicy(Path.of(baseline))) {
            throw new IllegalArgumentException("updateBaseline is "
                    + updateBaseline.name().toLowerCase(Locale.ROOT) + ", and the baseline " + baseline
                    + " is a policy: remove updateBaseline, or set baseline to a file such as baseline.json.");
        }
        if (gate.betterThanBaseline() != null && episodes < LEAST_FOR_BASELINE) {
            throw new IllegalArgumentException("evaluate.episodes is " + episodes
                    + ": gate.betterThanBaseline needs at least " + LEAST_FOR_BASELINE + " episodes, 50 or more are"
                    + " better.");
        }
        if (updates && episodes < LEAST_FOR_BASELINE) {
            throw new IllegalArgumentException("evaluate.episodes is " + episodes + ": a baseline needs at least "
                    + LEAST_FOR_BASELINE + " episodes, 50 or more are better.");
        }
    }

    private static void requireNoBaseline(UpdateBaseline updateBaseline, GateSpec gate) {
        String asking = updateBaseline != UpdateBaseline.FALSE
                ? "updateBaseline is " + updateBaseline.name().toLowerCase(Locale.ROOT)
                : gate.maxDistanceDrop() != null
                        ? "gate.maxDistanceDrop is " + gate.maxDistanceDrop()
                        : gate.betterThanBaseline() != null
                                ? "gate.betterThanBaseline is " + gate.betterThanBaseline()
                                : null;
        if (asking != null) {
            throw new IllegalArgumentException(
                    asking + " and no baseline is named: set baseline to a file such as baseline.json.");
        }
    }

    /** An evaluation in an environment, with every other setting as it is where none is given. */
    public static EvaluationSpec of(EnvSpec environment) {
        return new EvaluationSpec(
                "qwop",
                null,
                50,
                1,
                3,
                false,
                GameSpec.Kind.TWIN,
                null,
                Lanes.usual(),
                Workers.usual(),
                null,
                UpdateBaseline.FALSE,
                false,
                environment,
                GateSpec.NOTHING);
    }
}
