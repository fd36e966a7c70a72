package io.github.qwop.maven;

import java.io.File;
import java.util.Map;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Plays seeded episodes with a trained policy, prints what they amounted to, writes {@code evaluation.json} into the
 * run's folder, and fails the build when a declared minimum is not met.
 */
@SuppressWarnings("NullAway.Init")
@Mojo(name = "evaluate", defaultPhase = LifecyclePhase.INTEGRATION_TEST, threadSafe = true, requiresProject = false)
public final class EvaluateMojo extends AbstractPolicyMojo {

    /** Skips the evaluation. */
    @Parameter(property = PropertyNames.SKIP_EVALUATE, defaultValue = "false")
    private @Nullable String skipEvaluate;

    /** Number of episodes to play, at least 1. */
    @Parameter(property = PropertyNames.EPISODES, defaultValue = "50")
    private @Nullable String episodes;

    /** Seed of the start variations: the same seed plays the same episodes. */
    @Parameter(property = PropertyNames.EVALUATE_SEED, defaultValue = "1")
    private @Nullable String evaluateSeed;

    /** Number of the best episodes whose recordings are kept; the best one and the median one always are. */
    @Parameter(property = PropertyNames.RECORDINGS, defaultValue = "3")
    private @Nullable String recordings;

    /**
     * Whether every episode is kept as a recording, in {@code recordings/episodes} of the run's folder, for
     * {@code certify} to play all of them again.
     */
    @Parameter(property = PropertyNames.KEEP_EPISODES, defaultValue = "false")
    private @Nullable String keepEpisodes;

    /**
     * The game that is played: {@code twin}, the kernel in Java; {@code page}, the open page in a headless browser; or
     * {@code genuine}, the genuine game's script there. On a page the twin plays the same keys alongside, and a column
     * says how many episodes were equal in every number of every update. The open page is some 800 times slower than
     * the twin, the genuine one some 1,700 times.
     */
    @Parameter(property = PropertyNames.GAME, defaultValue = "twin")
    private @Nullable String game;

    /** Folder with the genuine game's QWOP.min.js and assetbundle.parcel, which you must supply yourself. */
    @Parameter(property = PropertyNames.GENUINE)
    private @Nullable File genuine;

    /**
     * How many pages are played side by side, each in a process of its own that takes some 200 MB; of fewer than four
     * episodes, one in the goal's own. Default: as many as this machine has processors, at most 8.
     */
    @Parameter(property = PropertyNames.PROCESSES)
    private @Nullable String processes;

    /**
     * How many threads work at once. The outcome does not depend on it. Default: as many as this machine has
     * processors, at most 8.
     */
    @Parameter(property = PropertyNames.THREADS)
    private @Nullable String threads;

    /**
     * What {@code gate.maxDistanceDrop} and {@code gate.betterThanBaseline} compare with: a file with what an earlier
     * policy reached, kept in the repository; or an earlier policy itself, a checkpoint or an ONNX file, which then
     * plays from the same starts; or the Maven coordinates of one, such as {@code com.acme:runner:1.4:onnx:policy}.
     */
    @Parameter(property = PropertyNames.BASELINE)
    private @Nullable String baseline;

    /**
     * Writes this evaluation to the file {@code baseline}, as what later ones are compared with: {@code true}, if no
     * gate falls but {@code maxDistanceDrop}, or {@code force}, whatever it reached.
     */
    @Parameter(property = PropertyNames.UPDATE_BASELINE, defaultValue = "false")
    private @Nullable String updateBaseline;

    /**
     * Whether to only write down what the gates say, so that the goal {@code gate}, bound to a later phase, fails the
     * build when reports and all else are done. Default: {@code true} in a build that has an execution of {@code gate}
     * for this run and no other one of {@code evaluate} for it, else {@code false}. As with Failsafe, such a build is
     * {@code mvn verify}: {@code mvn integration-test} ends before the gates fall.
     */
    @Parameter(property = PropertyNames.DEFER_GATE)
    private @Nullable String deferGate;

    /**
     * What the policy must reach, or the build fails: {@code minMeanDistance}, {@code minMedianDistance} and
     * {@code minDistance} (of the worst episode) in metres, {@code minFinishRate} from 0 to 1, {@code maxMeanSeconds}
     * of play of the finished episodes, {@code maxDistanceDrop} against the baseline, in metres or per cent, and
     * {@code betterThanBaseline}, how sure it must be that the mean distance is above the baseline's, such as
     * {@code 95%}. On the command line: {@code -Dqwop.gate.minMeanDistance=20}.
     */
    @Parameter
    private @Nullable Map<String, String> gate;

    /**
     * With a {@code master}, {@code local[*]} for this machine or a cluster's, Apache Spark plays the episodes, whose
     * libraries (230 MB) are then downloaded; {@code version}, {@code shared} and {@code conf} go with it. Default:
     * none, and threads of this machine play them. On the command line:
     * {@code -Dqwop.cluster.master=spark://host:7077}.
     */
    @Parameter
    private @Nullable Map<String, String> cluster;

    @Override
    String goal() {
        return "evaluate";
    }

    @Override
    boolean skipGoal() {
        return isSet(PropertyNames.SKIP_EVALUATE, skipEvaluate);
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = policySettings();
        put(settings, "episodes", PropertyNames.EPISODES, episodes);
        put(settings, "seed", PropertyNames.EVALUATE_SEED, evaluateSeed);
        put(settings, "recordings", PropertyNames.RECORDINGS, recordings);
        put(settings, "keepEpisodes", PropertyNames.KEEP_EPISODES, keepEpisodes);
        put(settings, "game", PropertyNames.GAME, game);
        putFile(settings, "genuine", PropertyNames.GENUINE, genuine);
        put(settings, "processes", PropertyNames.PROCESSES, processes);
        put(settings, "threads", PropertyNames.THREADS, threads);
        putFileOrArtifact(settings, "baseline", PropertyNames.BASELINE, baseline);
        put(settings, "updateBaseline", PropertyNames.UPDATE_BASELINE, updateBaseline);
        put(settings, "deferGate", PropertyNames.DEFER_GATE, deferGate);
        if (!settings.containsKey("deferGate") && isGatedLater()) {
            settings.put("deferGate", "true");
        }
        putGroup(settings, "gate", gate);
        putGroup(settings, "cluster", cluster);
        return settings;
    }
}
