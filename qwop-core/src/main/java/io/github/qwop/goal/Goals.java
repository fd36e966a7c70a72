package io.github.qwop.goal;

import io.github.qwop.run.GateException;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** The goals by name, as a fork or a program calls them. */
public final class Goals {

    /** Every goal there is. */
    public static final List<Goal<?>> ALL = List.of(
            new TrainGoal(),
            new SweepGoal(),
            new EvaluateGoal(),
            new RecordGoal(),
            new SensitivityGoal(),
            new SearchGoal(),
            new GateGoal(),
            new CertifyGoal(),
            new ReplayGoal(),
            new ReportGoal(),
            new RunsGoal(),
            new ExportOnnxGoal(),
            new BenchmarkGoal(),
            new PlayGoal(),
            new WatchGoal());

    private Goals() {}

    /**
     * The goal of a name, such as {@code train}.
     *
     * @throws SettingException if there is none
     */
    public static Goal<?> named(String name) {
        return ALL.stream()
                .filter(goal -> goal.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new SettingException("There is no goal \"" + name + "\": give one of "
                        + ALL.stream().map(Goal::name).collect(Collectors.joining(", ")) + "."));
    }

    /**
     * Does a goal.
     *
     * @param goal its name, such as {@code train}
     * @param directory where runs lie
     * @param settings by dotted name
     * @param stop asked now and then: true ends the goal early, a training with a checkpoint
     * @return what came of it
     * @throws GateException if a declared minimum was not met
     * @throws StoppedException if a training was stopped before its end
     * @throws SettingException if a setting cannot be used
     */
    public static Outcome run(
            String goal, Path directory, Map<String, String> settings, RunListener listener, BooleanSupplier stop)
            throws IOException, GateException, StoppedException {
        Call call = new Call(directory, settings, listener, stop);
        call.check();
        return run(named(goal), call);
    }

    private static <S extends Record> Outcome run(Goal<S> goal, Call call)
            throws IOException, GateException, StoppedException {
        return goal.run(goal.settings(call), call);
    }
}
