package io.github.qwop.maven;

import io.github.qwop.run.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Trains a runner. What the POM says is what runs: the same settings and the same seed give the same model. An
 * interrupted training goes on where it stopped when the goal is run again; a finished one is not repeated unless
 * {@code qwop.force} is set. Bound to no phase by default, because it takes its time.
 */
@SuppressWarnings("NullAway.Init")
@Mojo(
        name = "train",
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true,
        requiresProject = false)
public final class TrainMojo extends AbstractTrainingMojo {

    /** Skips the training. */
    @Parameter(property = PropertyNames.SKIP_TRAIN, defaultValue = "false")
    private @Nullable String skipTrain;

    /** Number of checkpoints written over the training, evenly spaced in environment steps. Default: 10. */
    @Parameter(property = PropertyNames.N_CHECKPOINTS)
    private @Nullable String nCheckpoints;

    /**
     * Number of newest checkpoints that are kept whole, to go on from; older ones keep the network alone, without the
     * replay buffer. 0 keeps all whole.
     */
    @Parameter(property = PropertyNames.KEEP_CHECKPOINTS, defaultValue = "3")
    private @Nullable String keepCheckpoints;

    /** Environment steps between rows of the metrics. */
    @Parameter(property = PropertyNames.LOG_INTERVAL, defaultValue = "10000")
    private @Nullable String logInterval;

    /**
     * Per cent of the training between lines of progress in the log; 0 for none. On a terminal one line is written over
     * in place instead.
     */
    @Parameter(property = PropertyNames.PROGRESS_INTERVAL, defaultValue = "5")
    private @Nullable String progressInterval;

    /**
     * Class of an {@code io.github.qwop.env.RewardShaper}, which changes the rewards that are learned from: your own,
     * looked for among this project's classes and dependencies, and the plugin's, or {@code io.github.qwop.env.Upright}
     * or {@code io.github.qwop.env.Pace}. What stands after the name and a colon is handed to its constructor, such as
     * {@code io.github.qwop.env.Upright:lin_decay_0.3_0_0.5}. Several are separated by commas and work one after
     * another; one whose text has commas of its own stands in double quotes.
     */
    @Parameter(property = PropertyNames.REWARD_SHAPER)
    private @Nullable String rewardShaper;

    /** Class of your own {@code io.github.qwop.game.Game} to train on instead of the twin, looked for likewise. */
    @Parameter(property = PropertyNames.GAME_CLASS)
    private @Nullable String gameClass;

    /**
     * Trains again even if a finished run with the same settings is there; that run is moved aside, not deleted. An
     * unfinished one goes on.
     */
    @Parameter(property = PropertyNames.FORCE, defaultValue = "false")
    private @Nullable String force;

    /**
     * Evaluations during the training and what happens on a collapse, such as {@code action}, {@code evalFreq},
     * {@code evalEpisodes}. On the command line: {@code -Dqwop.guard.action=rollback}.
     */
    @Parameter
    private @Nullable Map<String, String> guard;

    /**
     * What is shown of a training.
     *
     * @param progressInterval per cent between lines, 0 to 100; 0 for none
     */
    public record Progress(int progressInterval) {

        /** Checks the value. */
        public Progress {
            if (progressInterval < 0 || progressInterval > 100) {
                throw new IllegalArgumentException("progressInterval is " + progressInterval
                        + ": give 1 to 100 per cent, or 0 for no lines of progress.");
            }
        }
    }

    @Override
    String goal() {
        return "train";
    }

    @Override
    boolean skipGoal() {
        return isSet(PropertyNames.SKIP_TRAIN, skipTrain);
    }

    @Override
    int progressInterval() {
        Map<String, String> settings = new LinkedHashMap<>();
        put(settings, "progressInterval", PropertyNames.PROGRESS_INTERVAL, progressInterval);
        return Settings.bind(new Progress(0), settings).progressInterval();
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = training();
        put(settings, "nCheckpoints", PropertyNames.N_CHECKPOINTS, nCheckpoints);
        put(settings, "keepCheckpoints", PropertyNames.KEEP_CHECKPOINTS, keepCheckpoints);
        put(settings, "logInterval", PropertyNames.LOG_INTERVAL, logInterval);
        put(settings, "rewardShaper", PropertyNames.REWARD_SHAPER, rewardShaper);
        put(settings, "gameClass", PropertyNames.GAME_CLASS, gameClass);
        put(settings, "force", PropertyNames.FORCE, force);
        putGroup(settings, "guard", guard);
        return settings;
    }
}
