package io.github.qwop.goal;

import io.github.qwop.run.GateException;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.evaluation.Baseline;
import io.github.qwop.run.evaluation.DeferredGates;
import io.github.qwop.run.evaluation.GateSpec;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.study.StudyFile;
import io.github.qwop.run.study.StudyGates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The goal {@code gate}: holds the gates of an evaluation that deferred them, or those of a study, which are its own
 * settings.
 */
final class GateGoal implements Goal<GateGoal.Spec> {

    /**
     * The goal's settings.
     *
     * @param runId the run, or the study, also its folder's name
     * @param baseline what an earlier policy reached, for the gates of a study; null for its own reference
     * @param gate what the best trial of a study, or a run's last evaluation, must reach, beside what is written down
     *     there
     */
    public record Spec(String runId, @Nullable String baseline, GateSpec gate) {}

    @Override
    public String name() {
        return "gate";
    }

    @Override
    public Spec defaults() {
        return new Spec("qwop", null, GateSpec.NOTHING);
    }

    @Override
    public Outcome run(Spec spec, Call call) throws IOException, GateException {
        Path folder = call.directory().resolve(spec.runId());
        RunDirectory run = call.run(spec.runId());
        boolean isStudy = Files.exists(folder.resolve(StudyFile.NAME));
        if (isStudy && Files.exists(run.evaluation())) {
            throw new SettingException("The folder " + folder + " has a study and the evaluation of a run, and which of"
                    + " the two is to be held nobody can know: move one of them to a folder of its own, with another"
                    + " studyId or runId.");
        }
        if (!isStudy && !run.isRun()) {
            throw new SettingException("There is neither a run nor a study in " + folder
                    + ": run qwop:evaluate or qwop:sweep before qwop:gate, or set runId to its name.");
        }
        if (!isStudy) {
            spec.gate().requireOfOnePolicy();
            return DeferredGates.hold(run, spec.runId(), spec.gate());
        }
        if (spec.gate().equals(GateSpec.NOTHING)) {
            return StudyGates.hold(folder);
        }
        Baseline baseline = spec.baseline() == null ? null : Baseline.read(Path.of(spec.baseline()));
        return StudyGates.conclude(folder, StudyFile.read(folder), spec.gate(), baseline, false, call.listener());
    }
}
