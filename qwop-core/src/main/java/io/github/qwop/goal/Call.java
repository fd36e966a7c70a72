package io.github.qwop.goal;

import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.settings.SettingException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What every goal is called with.
 *
 * @param directory where runs lie
 * @param settings what is given, by dotted name
 * @param listener hears what happens
 * @param stop asked now and then: true ends the goal early
 */
public record Call(Path directory, Map<String, String> settings, RunListener listener, BooleanSupplier stop) {

    private static final String RUN_ID = "runId";

    /** Copies the settings. */
    public Call {
        settings = Map.copyOf(settings);
    }

    /**
     * Checks that the run lies where runs lie.
     *
     * @throws SettingException if its name leads elsewhere
     */
    void check() {
        String runId = settings.getOrDefault(RUN_ID, "");
        Path folder = directory.toAbsolutePath().normalize();
        Path run = folder.resolve(runId).normalize();
        if (settings.containsKey(RUN_ID) && (!run.startsWith(folder) || run.equals(folder))) {
            throw new SettingException("runId is \"" + runId + "\", which names no folder in " + directory
                    + ": give a name of letters, digits, dots, dashes and underscores, and set outputDirectory to where"
                    + " the run lies.");
        }
    }

    /** The folder of a run. */
    public RunDirectory run(String runId) {
        return new RunDirectory(directory.resolve(runId));
    }
}
