package io.github.qwop.goal;

import io.github.qwop.run.GateException;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.certification.Certification;
import io.github.qwop.run.evaluation.Evaluation;
import io.github.qwop.run.export.OnnxExport;
import io.github.qwop.run.peers.QwopGymConfig;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import io.github.qwop.run.training.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The goals by name, as a fork or a program calls them. */
public final class Goals {

    private static final String FORCE = "force";
    private static final String CONFIG = "config";

    private Goals() {}

    /**
     * Does a goal.
     *
     * @param goal its name, such as {@code train}
     * @param directory where runs lie
     * @param settings by dotted name
     * @param stop asked now and then: true ends the goal early, a training with a checkpoint
     * @return a sentence on what came of it
     * @throws GateException if a declared minimum was not met
     * @throws StoppedException if a training was stopped before its end
     * @throws SettingException if a setting cannot be used
     */
    public static String run(
            String goal, Path directory, Map<String, String> settings, RunListener listener, BooleanSupplier stop)
            throws IOException, GateException, StoppedException {
        return switch (goal) {
            case "train" -> {
                Map<String, String> spec = new HashMap<>(settings);
                boolean force = Settings.parseBoolean(FORCE, spec.getOrDefault(FORCE, "false"));
                spec.remove(FORCE);
                String config = spec.remove(CONFIG);
                if (config != null) {
                    spec = QwopGymConfig.settings(Path.of(config), spec, listener);
                }
                RunSpec.ofDqn(spec)
                        .ifPresent(name -> listener.info("No algorithm is named, and ppo, the default, has no " + name
                                + ": the algorithm is qr-dqn. Name it to be sure."));
                RunSpec run = RunSpec.of(spec);
                yield Training.run(directory, run, force, listener, stop);
            }
            case "evaluate" -> Evaluation.run(directory, settings, listener);
            case "export-onnx" -> OnnxExport.run(directory, settings, listener);
            case "gate" -> Evaluation.gate(directory, settings);
            case "certify" -> Certification.run(directory, settings, listener);
            case "record" -> RecordGoal.run(directory, settings, listener);
            case "benchmark" -> BenchmarkGoal.run(settings, listener);
            case "replay" -> ReplayGoal.run(directory, settings);
            case "report" -> ReportGoal.run(directory, settings);
            case "play" -> PageGoals.play(settings, listener, stop);
            case "watch" -> PageGoals.watch(directory, settings, listener, stop);
            default -> throw new SettingException("There is no goal \"" + goal + "\".");
        };
    }
}
