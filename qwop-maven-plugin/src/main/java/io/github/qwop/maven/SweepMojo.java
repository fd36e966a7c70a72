package io.github.qwop.maven;

import java.util.Map;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Trains a study: every combination of a grid, and random draws, each with several seeds, next to the settings as they
 * are; ends early what does badly if that is wanted; evaluates the best checkpoints, and ranks. Trainings are shared
 * out among the cores of this machine, or among those of a cluster, by Apache Spark, whose libraries (230 MB) are
 * downloaded for this goal, and for {@code evaluate} on a cluster, alone. Each training is an ordinary run in a folder
 * of its own. Stopped, the study goes on when it is run again; what is trained already is not trained again.
 */
@SuppressWarnings("NullAway.Init")
@Mojo(
        name = "sweep",
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true,
        requiresProject = false)
public final class SweepMojo extends AbstractRunMojo {

    /** Skips the sweep. */
    @Parameter(property = PropertyNames.SKIP_SWEEP, defaultValue = "false")
    private @Nullable String skipSweep;

    /** Name of the study, also of its folder, where {@code study.json} and the trainings' folders lie. */
    @Parameter(property = PropertyNames.STUDY_ID, defaultValue = "study")
    private @Nullable String studyId;

    /** The seeds that every trial is trained with: a number n for 1 to n, or a list such as {@code 1,7,9}. */
    @Parameter(property = PropertyNames.SEEDS, defaultValue = "3")
    private @Nullable String seeds;

    /**
     * Values to try, by setting: {@code <learner.gamma><value>0.99</value><value>0.995</value></learner.gamma>}, of any
     * setting of a training. All combinations are trials. On the command line:
     * {@code -Dqwop.grid.learner.gamma=0.99,0.995}; a value that has commas of its own, as {@code netArch} may, stands
     * in double quotes there.
     */
    @Parameter
    private @Nullable PlexusConfiguration grid;

    /**
     * What values are drawn from, by setting: {@code log 1e-5 1e-3} or {@code uniform 0.9 0.999} for numbers between
     * two others, {@code int 2 8} or {@code log-int 16 512} for whole ones, or values to choose from. On the command
     * line: {@code -Dqwop.random.learner.learningRate="log 1e-5 1e-3"}.
     */
    @Parameter
    private @Nullable PlexusConfiguration random;

    /** How often all of {@code random} is drawn; with a grid, so many trials for each of its combinations. */
    @Parameter(property = PropertyNames.SWEEP_DRAWS, defaultValue = "10")
    private @Nullable String draws;

    /** Seed of the draws: the same seed draws the same values. */
    @Parameter(property = PropertyNames.SWEEP_SEED, defaultValue = "1")
    private @Nullable String drawSeed;

    /**
     * What trials are ranked by: {@code distance}, its mean; {@code finishRate}; {@code seconds}, the mean time of
     * finished episodes; or {@code areaUnderCurve} of the mean distance in validations.
     */
    @Parameter(property = PropertyNames.SWEEP_OBJECTIVE, defaultValue = "distance")
    private @Nullable String objective;

    /**
     * Episodes that the best checkpoint of each finished training is evaluated on, for the objective; 0 for none, and
     * the objective is taken from the validations of the trainings.
     */
    @Parameter(property = PropertyNames.SWEEP_EPISODES, defaultValue = "100")
    private @Nullable String episodes;

    /**
     * Ends trials early by successive halving: {@code reduction}, one of so many goes on from each rung, and
     * {@code minSteps} of the first rung. On the command line: {@code -Dqwop.pruning.reduction=3}. Default: none.
     */
    @Parameter
    private @Nullable Map<String, String> pruning;

    /**
     * Where the work is done: {@code master}, {@code local[*]} for this machine or a cluster's, with {@code version},
     * {@code memory}, {@code shared} and {@code conf}. On the command line:
     * {@code -Dqwop.cluster.master=spark://host:7077}.
     */
    @Parameter
    private @Nullable Map<String, String> cluster;

    @Override
    String goal() {
        return "sweep";
    }

    @Override
    boolean skipGoal() {
        return isSet(PropertyNames.SKIP_SWEEP, skipSweep);
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = run();
        put(settings, "studyId", PropertyNames.STUDY_ID, studyId);
        put(settings, "seeds", PropertyNames.SEEDS, seeds);
        put(settings, "draws", PropertyNames.SWEEP_DRAWS, draws);
        put(settings, "drawSeed", PropertyNames.SWEEP_SEED, drawSeed);
        put(settings, "objective", PropertyNames.SWEEP_OBJECTIVE, objective);
        put(settings, "episodes", PropertyNames.SWEEP_EPISODES, episodes);
        putGroup(settings, "grid", Varied.of("grid", grid));
        putGroup(settings, "random", Varied.of("random", random));
        putGroup(settings, "pruning", pruning);
        putGroup(settings, "cluster", cluster);
        return settings;
    }
}
