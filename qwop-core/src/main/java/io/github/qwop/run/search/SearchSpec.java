package io.github.qwop.run.search;

import io.github.qwop.env.ActionSet;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.parallel.Workers;
import io.github.qwop.search.Objective;
import io.github.qwop.search.Variant;
import org.jspecify.annotations.Nullable;

/**
 * What a search is to do.
 *
 * @param runId the run, also its folder's name
 * @param policy the policy's file that rollouts are played with; null for the run's best checkpoint, and where there is
 *     none either, for a simple gait
 * @param width states that a level keeps, at least 1; 0 for as many as the budget allows
 * @param horizon the policy's decisions by which a child is valued, at least 1; 0 for as many as 80 updates have
 * @param framesPerDecision game updates of a level, 1 to 30
 * @param childrenPerParent how many of a state's nine children may be kept, 1 to 9
 * @param value what a rollout says about a state
 * @param threads how many work side by side; 0 for as many as there are processors
 * @param starts where it begins
 * @param seed seeds noisy starts, and the noise that makes one search another throw than the next
 * @param updates the budget of each start, in game updates
 * @param minutes when it stops, with the best so far; null for never
 * @param improve a recording that is to be beaten; null for none
 * @param objective what is to be reached
 * @param trigonometry whose sine and cosine the game is played with
 * @param gate what must be reached
 */
public record SearchSpec(
        String runId,
        @Nullable String policy,
        int width,
        int horizon,
        int framesPerDecision,
        int childrenPerParent,
        Variant.Value value,
        int threads,
        Starts starts,
        long seed,
        long updates,
        @Nullable Double minutes,
        @Nullable String improve,
        Objective objective,
        Trigonometry trigonometry,
        SearchGate gate) {

    /** Every setting where none is given. */
    public static final SearchSpec DEFAULT = new SearchSpec(
            "qwop",
            null,
            0,
            0,
            4,
            3,
            Variant.Value.LAST,
            0,
            Starts.CANONICAL,
            1,
            100_000_000,
            null,
            null,
            Objective.TIME,
            Trigonometry.FDLIBM,
            SearchGate.NOTHING);

    private static final int MOST_WIDTH = 100_000;
    private static final int MOST_HORIZON = 1000;
    private static final int MOST_FRAMES = 30;
    private static final long MOST_UPDATES = 1_000_000_000_000_000L;

    /** Checks every value. */
    public SearchSpec {
        check("width", width, 0, MOST_WIDTH, "100 is usual, 0 takes what the budget allows");
        check("horizon", horizon, 0, MOST_HORIZON, "20 is usual with 4 updates a decision, 0 takes 80 updates' worth");
        check("framesPerDecision", framesPerDecision, 1, MOST_FRAMES, "4 is usual");
        check("childrenPerParent", childrenPerParent, 1, ActionSet.DISTINCT.size(), "3 is usual");
        check("threads", threads, 0, Workers.MOST, "0 takes all processors");
        check("updates", updates, 1, MOST_UPDATES, "100_000_000 is usual");
        if (minutes != null && !(minutes > 0 && minutes < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "search.minutes is " + minutes + ": give minutes above 0, such as 10, or leave it out.");
        }
    }

    private static void check(String name, long value, long least, long most, String usual) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "search." + name + " is " + value + ": give " + least + " to " + most + "; " + usual + ".");
        }
    }
}
