package io.github.qwop.goal;

import io.github.qwop.run.GateException;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.io.IOException;
import java.util.Map;

/**
 * Something that a POM can ask for. A goal says here what it is called, which settings it has with which defaults, and
 * what it needs; a Mojo of the same name hands over what a POM says, and {@link Goals#ALL} finds it by name.
 *
 * @param <S> its settings: a public record, whose components {@link Settings} reads by name
 */
public interface Goal<S extends Record> {

    /** Group of the settings that tell a goal on Apache Spark what the JVM of a task is. */
    String TASK = "task.";

    /** Its name, as {@code mvn qwop:<name>} has it. */
    String name();

    /** Every setting with the value that it has where none is given: the only place where defaults stand. */
    S defaults();

    /** Whether it learns, and so needs PyTorch, whose native library is then on the class path. */
    default boolean needsEngine() {
        return false;
    }

    /** Whether it works on Apache Spark with these settings, whose libraries are then on the class path. */
    default boolean needsCluster(Map<String, String> settings) {
        return false;
    }

    /** Whether it ends by itself, in good order, when it is asked to stop: others are just ended. */
    default boolean endsItself() {
        return false;
    }

    /**
     * Reads what is given.
     *
     * @throws SettingException if a name is unknown or a value cannot be used
     */
    default S settings(Call call) throws IOException {
        return Settings.bind(defaults(), call.settings());
    }

    /**
     * Does it.
     *
     * @param settings as {@link #settings} has read them
     * @throws GateException if a declared minimum was not met
     * @throws StoppedException if it was stopped before its end
     * @throws SettingException if a setting cannot be used
     */
    Outcome run(S settings, Call call) throws IOException, GateException, StoppedException;
}
