package io.github.qwop.run.study;

import java.io.Serializable;
import java.util.Map;

/**
 * One goal that is to be done in a JVM of its own, on whatever machine.
 *
 * @param goal its name, such as {@code train}
 * @param directory where runs lie, an absolute path
 * @param runId the run, also its folder's name: all that the goal reads and writes of it lies there
 * @param settings of the goal by dotted name
 * @param endsItself whether it ends in good order when it is stopped
 * @param goesOn whether what lies in the run's folder is of this run: else it must not be mixed with what comes
 */
public record Task(
        String goal, String directory, String runId, Map<String, String> settings, boolean endsItself, boolean goesOn)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Copies the settings. */
    public Task {
        settings = Map.copyOf(settings);
    }

    /**
     * What came of it.
     *
     * @param runId the task's
     * @param end how it ended
     * @param text a sentence
     * @param data figures by name, if it is done
     */
    public record Result(String runId, End end, String text, Map<String, Double> data) implements Serializable {

        private static final long serialVersionUID = 1L;

        /** Copies the data. */
        public Result {
            data = Map.copyOf(data);
        }
    }

    /** How a task ended. */
    public enum End {
        /** It came to its end. */
        DONE,
        /** It was stopped, and can be gone on with. */
        STOPPED,
        /** It was refused, or broke down as often as it was tried. */
        FAILED
    }
}
