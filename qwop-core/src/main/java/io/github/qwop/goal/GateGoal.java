package io.github.qwop.goal;

import io.github.qwop.run.GateException;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.evaluation.DeferredGates;
import java.io.IOException;

/** The goal {@code gate}: holds the gates of an evaluation that deferred them. */
final class GateGoal implements Goal<GateGoal.Spec> {

    /** The goal's settings: the run, also its folder's name. */
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
        return DeferredGates.hold(call.run(spec.runId()), spec.runId());
    }
}
