package io.github.qwop.goal;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.run.GateException;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.evaluation.Evaluation;
import io.github.qwop.run.evaluation.EvaluationSpec;
import io.github.qwop.run.policy.PolicyRequest;
import java.io.IOException;

/** The goal {@code evaluate}. */
final class EvaluateGoal extends PolicyGoal<EvaluationSpec> {

    @Override
    public String name() {
        return "evaluate";
    }

    @Override
    EvaluationSpec defaults(EnvSpec environment) {
        return EvaluationSpec.of(environment);
    }

    @Override
    Outcome run(PolicyRequest<EvaluationSpec> request, Call call) throws IOException, GateException {
        return Evaluation.run(request, call.listener());
    }
}
