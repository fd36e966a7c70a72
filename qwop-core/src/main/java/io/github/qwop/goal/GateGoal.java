package io.github.qwop.goal;

import io.github.qwop.run.GateException;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.evaluation.DeferredGates;
import io.github.qwop.run.study.StudyFile;
import io.github.qwop.run.study.StudyGates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The goal {@code gate}: holds the gates of an evaluation, or of a study, that deferred them. */
final class GateGoal implements Goal<GateGoal.Spec> {

    /** The goal's settings: the run, or the study, also its folder's name. */
    public record Spec(String runId) {}

    @Override
    public String name() {
        return "gate";
    }

    @Override
    public Spec defaults() {
        return new Spec("qwop");
    }

    @Override
    public Outcome run(Spec spec, Call call) throws IOException, GateException {
        Path folder = call.directory().resolve(spec.runId());
        if (Files.isRegularFile(folder.resolve(StudyFile.NAME))) {
            return StudyGates.hold(folder);
        }
        return DeferredGates.hold(call.run(spec.runId()), spec.runId());
    }
}
