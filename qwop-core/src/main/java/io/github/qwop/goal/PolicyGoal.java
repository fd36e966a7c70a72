package io.github.qwop.goal;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.run.GateException;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.policy.PolicyRequest;
import io.github.qwop.run.policy.TrainedPolicy;
import io.github.qwop.run.settings.Settings;
import java.io.IOException;

/** A goal that a trained policy is needed for. What of its environment is not given, the policy's own decides. */
abstract class PolicyGoal<S extends Record & PolicyRequest.Spec> implements Goal<S> {

    /** Every setting with its default, for a policy of this environment. */
    abstract S defaults(EnvSpec environment);

    /** The call without what the goal has beside its spec. */
    Call of(Call call) {
        return call;
    }

    @Override
    public final S settings(Call call) {
        return Settings.bind(defaults(), of(call).settings());
    }

    @Override
    public final S defaults() {
        return defaults(EnvSpec.DEFAULT);
    }

    /** Where a policy is played unless something else is given. */
    EnvSpec environment(TrainedPolicy policy) {
        return policy.environment().varied();
    }

    @Override
    public final Outcome run(S settings, Call call) throws IOException, GateException {
        try (PolicyRequest<S> request = PolicyRequest.open(
                call.directory(),
                settings,
                of(call).settings(),
                policy -> defaults(environment(policy)),
                call.listener())) {
            return run(request, call);
        }
    }

    /** Does it with the policy, which is closed afterwards. */
    abstract Outcome run(PolicyRequest<S> request, Call call) throws IOException, GateException;
}
