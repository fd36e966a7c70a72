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
public final class TrainMojo extends AbstractWholeTrainingMojo {

    /** Skips the training. */
    @Parameter(property = PropertyNames.SKIP_TRAIN, defaultValue = "false")
    private @Nullable String skipTrain;

    /**
     * Per cent of the training between lines of progress in the log; 0 for none. On a terminal one line is written over
     * in place instead.
     */
    @Parameter(property = PropertyNames.PROGRESS_INTERVAL, defaultValue = "5")
    private @Nullable String progressInterval;

    /**
     * Trains again even if a finished run with the same settings is there; that run is moved aside, not deleted. An
     * unfinished one goes on.
     */
    @Parameter(property = PropertyNames.FORCE, defaultValue = "false")
    private @Nullable String force;

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
        Map<String, String> settings = wholeTraining();
        put(settings, "force", PropertyNames.FORCE, force);
        return settings;
    }
}
