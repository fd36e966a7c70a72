package io.github.qwop.goal;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.policy.PolicyRequest;
import io.github.qwop.run.sensitivity.Sensitivity;
import io.github.qwop.run.sensitivity.SensitivitySpec;
import java.io.IOException;

/** The goal {@code sensitivity}. */
final class SensitivityGoal extends PolicyGoal<SensitivitySpec> {

    @Override
    public String name() {
        return "sensitivity";
    }

    @Override
    SensitivitySpec defaults(EnvSpec environment) {
        return SensitivitySpec.of(environment);
    }

    @Override
    Outcome run(PolicyRequest<SensitivitySpec> request, Call call) throws IOException {
        return Sensitivity.run(request, call.listener());
    }
}
