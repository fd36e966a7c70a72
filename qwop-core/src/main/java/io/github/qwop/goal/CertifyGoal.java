package io.github.qwop.goal;

import io.github.qwop.run.GateException;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.certification.Certification;
import io.github.qwop.run.certification.CertificationSpec;
import java.io.IOException;

/** The goal {@code certify}. */
final class CertifyGoal implements Goal<CertificationSpec> {

    @Override
    public String name() {
        return "certify";
    }

    @Override
    public CertificationSpec defaults() {
        return CertificationSpec.DEFAULT;
    }

    @Override
    public Outcome run(CertificationSpec spec, Call call) throws IOException, GateException {
        return Certification.run(call.run(spec.runId()), spec, call.listener());
    }
}
