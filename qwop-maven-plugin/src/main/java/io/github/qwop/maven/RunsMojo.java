package io.github.qwop.maven;

import java.util.Map;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Lists the runs in {@code outputDirectory}, the latest first: how far each has come, its best, size, age, and which of
 * its settings differ from those that the POM and the command line declare, or, where they declare none, from the
 * latest one's. Those that a training of other settings has displaced, such as {@code runner.old1}, are among them; a
 * training with their settings takes them back. A study stands there with its best trial, and with how its trainings
 * are listed.
 */
@SuppressWarnings("NullAway.Init")
@Mojo(name = "runs", threadSafe = true, requiresProject = false)
public final class RunsMojo extends AbstractRunMojo {

    /** Skips the list. */
    @Parameter(property = PropertyNames.SKIP_RUNS, defaultValue = "false")
    private @Nullable String skipRuns;

    /**
     * Deletes displaced runs of which another run of the same settings has all, byte for byte: networks, recordings,
     * what searches found. Without it they are only named. Nothing else is ever deleted.
     */
    @Parameter(property = PropertyNames.PRUNE, defaultValue = "false")
    private @Nullable String prune;

    @Override
    String goal() {
        return "runs";
    }

    @Override
    boolean skipGoal() {
        return isSet(PropertyNames.SKIP_RUNS, skipRuns);
    }

    @Override
    Map<String, String> settings() {
        Map<String, String> settings = run();
        put(settings, "prune", PropertyNames.PRUNE, prune);
        return settings;
    }
}
