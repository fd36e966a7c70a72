package io.github.qwop.goal;

import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.settings.SettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

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
     * Checks that there can be runs in the folder, and that the run lies there.
     *
     * @throws SettingException if it is a file, or the run's name leads elsewhere
     */
    void check() {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new SettingException("outputDirectory is " + directory
                    + ", which is a file: set it to a folder, in which each run has one of its own.");
        }
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

    /** The settings whose names begin with a group's, such as {@code cluster.}, without that beginning. */
    Map<String, String> group(String group) {
        Map<String, String> members = new HashMap<>();
        settings.forEach((name, value) -> {
            if (name.startsWith(group)) {
                members.put(name.substring(group.length()), value);
            }
        });
        return members;
    }

    /** The same without the settings of some groups. */
    Call without(String... groups) {
        Map<String, String> others = new HashMap<>(settings);
        others.keySet().removeIf(name -> Stream.of(groups).anyMatch(name::startsWith));
        return new Call(directory, others, listener, stop);
    }
}
