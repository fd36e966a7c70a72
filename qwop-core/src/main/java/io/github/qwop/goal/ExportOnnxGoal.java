package io.github.qwop.goal;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.export.ExportSpec;
import io.github.qwop.run.export.OnnxExport;
import io.github.qwop.run.policy.PolicyRequest;
import io.github.qwop.run.policy.TrainedPolicy;
import java.io.IOException;

/** The goal {@code export-onnx}. */
final class ExportOnnxGoal extends PolicyGoal<ExportSpec> {

    @Override
    public String name() {
        return "export-onnx";
    }

    @Override
    ExportSpec defaults(EnvSpec environment) {
        return new ExportSpec("qwop", null, null, null, environment);
    }

    /** The file says what the policy was trained in, not what it is tested in. */
    @Override
    EnvSpec environment(TrainedPolicy policy) {
        return policy.environment();
    }

    @Override
    Outcome run(PolicyRequest<ExportSpec> request, Call call) throws IOException {
        return OnnxExport.run(request, call.listener());
    }
}
