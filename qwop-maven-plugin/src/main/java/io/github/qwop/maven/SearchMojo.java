package io.github.qwop.maven;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Plans runs on the twin: tries all keys from every state of a beam, plays a policy on from each, and keeps the best.
 * Writes recordings into {@code search} of the run's folder and {@code search.json} beside it, and fails the build when
 * a declared time was not reached. Stopped, it goes on when it is run again.
 */
@SuppressWarnings("NullAway.Init")
@Mojo(name = "search", threadSafe = true, requiresProject = false)
public final class SearchMojo extends AbstractQwopMojo {

    /** Skips the search. */
    @Parameter(property = PropertyNames.SKIP_SEARCH, defaultValue = "false")
    private @Nullable String skipSearch;

    /**
     * The policy that is played on from each state: a checkpoint, an ONNX file that {@code export-onnx} wrote, or a
     * stable-baselines3 model.zip; or the Maven coordinates of one, such as {@code com.acme:runner:1.4:onnx:policy}.
     * Default: the run's best checkpoint; where there is none, a simple gait, which finds slower runs and takes longer.
     */
    @Parameter(property = PropertyNames.POLICY)
    private @Nullable String policy;

    /** Number of states that are kept of each level. Default 0: as many as the budget allows, at most 400. */
    @Parameter(property = PropertyNames.SEARCH_WIDTH, defaultValue = "0")
    private @Nullable String width;

    /**
     * Number of the policy's decisions that are played on from a state to learn what it is worth. Default 0: as many as
     * make 80 updates.
     */
    @Parameter(property = PropertyNames.SEARCH_HORIZON, defaultValue = "0")
    private @Nullable String horizon;

    /** Game updates of one decision of the search, 1 to 30; the policy's own may be other. */
    @Parameter(property = PropertyNames.SEARCH_FRAMES, defaultValue = "4")
    private @Nullable String framesPerDecision;

    /** How many of a state's nine children may be kept, 1 to 9. */
    @Parameter(property = PropertyNames.SEARCH_CHILDREN, defaultValue = "3")
    private @Nullable String childrenPerParent;

    /**
     * What a state is worth: {@code last}, where the torso is after the policy was played on; {@code late-mean}, where
     * it is in the mean of the last third; {@code mean}, of all of it. Every second pass takes the other of the first
     * two.
     */
    @Parameter(property = PropertyNames.SEARCH_VALUE, defaultValue = "last")
    private @Nullable String value;

    /** How many threads search; what they find does not depend on it. Default 0: one for each processor. */
    @Parameter(property = PropertyNames.SEARCH_THREADS, defaultValue = "0")
    private @Nullable String threads;

    /**
     * Where searches begin: {@code canonical}, or a number of noisy starts, those that {@code record} plays by the same
     * seed.
     */
    @Parameter(property = PropertyNames.SEARCH_STARTS, defaultValue = "canonical")
    private @Nullable String starts;

    /** Seed of the noisy starts, and of what makes one search another throw than the next. */
    @Parameter(property = PropertyNames.SEARCH_SEED, defaultValue = "1")
    private @Nullable String searchSeed;

    /** The budget of each start, in game updates; it decides, with the other settings, what is found. */
    @Parameter(property = PropertyNames.SEARCH_UPDATES, defaultValue = "100000000")
    private @Nullable String updates;

    /**
     * When the search stops, in minutes of wall time for all starts together; run again, it goes on. Default: when the
     * budget is gone.
     */
    @Parameter(property = PropertyNames.SEARCH_MINUTES)
    private @Nullable String minutes;

    /** A recording from one of the starts that is to be beaten: what is found is never worse. */
    @Parameter(property = PropertyNames.SEARCH_IMPROVE)
    private @Nullable File improve;

    /** What is to be reached early: {@code time}, the finish, or {@code split:10}, ten metres, and likewise. */
    @Parameter(property = PropertyNames.SEARCH_OBJECTIVE, defaultValue = "time")
    private @Nullable String objective;

    /** Whose sine and cosine the game is played with: {@code fdlibm}, or {@code glibc}, which is Chrome's. */
    @Parameter(property = PropertyNames.SEARCH_TRIGONOMETRY, defaultValue = "fdlibm")
    private @Nullable String trigonometry;

    /**
     * What must be reached, or the build fails: {@code maxSeconds}, the score clock at the objective, of the slowest
     * start. On the command line: {@code -Dqwop.gate.maxSeconds=45.53}.
     */
    @Parameter
    private @Nullable Map<String, String> gate;

    @Override
    String goal() {
        return "search";
    }

    @Override
    boolean skipGoal() {
        return isSet(PropertyNames.SKIP_SEARCH, skipSearch);
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        putFileOrArtifact(settings, "policy", PropertyNames.POLICY, policy);
        put(settings, "width", PropertyNames.SEARCH_WIDTH, width);
        put(settings, "horizon", PropertyNames.SEARCH_HORIZON, horizon);
        put(settings, "framesPerDecision", PropertyNames.SEARCH_FRAMES, framesPerDecision);
        put(settings, "childrenPerParent", PropertyNames.SEARCH_CHILDREN, childrenPerParent);
        put(settings, "value", PropertyNames.SEARCH_VALUE, value);
        put(settings, "threads", PropertyNames.SEARCH_THREADS, threads);
        put(settings, "starts", PropertyNames.SEARCH_STARTS, starts);
        put(settings, "seed", PropertyNames.SEARCH_SEED, searchSeed);
        put(settings, "updates", PropertyNames.SEARCH_UPDATES, updates);
        put(settings, "minutes", PropertyNames.SEARCH_MINUTES, minutes);
        putFile(settings, "improve", PropertyNames.SEARCH_IMPROVE, improve);
        put(settings, "objective", PropertyNames.SEARCH_OBJECTIVE, objective);
        put(settings, "trigonometry", PropertyNames.SEARCH_TRIGONOMETRY, trigonometry);
        putGroup(settings, "gate", gate);
        return settings;
    }
}
