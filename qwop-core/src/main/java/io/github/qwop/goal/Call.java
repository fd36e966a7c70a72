package io.github.qwop.goal;

import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
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

    /** Copies the settings. */
    public Call {
        settings = Map.copyOf(settings);
    }

    /** The folder of a run. */
    public RunDirectory run(String runId) {
        return new RunDirectory(directory.resolve(runId));
    }
}
