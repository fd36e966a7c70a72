package io.github.qwop.goal;

import io.github.qwop.cluster.ClusterSpec;
import io.github.qwop.cluster.SparkEpisodes;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.run.GameSpec;
import io.github.qwop.run.GateException;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.evaluation.Evaluation;
import io.github.qwop.run.evaluation.EvaluationSpec;
import io.github.qwop.run.evaluation.TwinEpisodes;
import io.github.qwop.run.policy.PolicyRequest;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The goal {@code evaluate}: with {@code cluster.master} given, on Apache Spark. */
final class EvaluateGoal extends PolicyGoal<EvaluationSpec> {

    private static final String CLUSTER = "cluster.";

    /** Beside the evaluation's settings. Public, because settings are bound by reflection. */
    public record Own(ClusterSpec cluster) {

        static final Own DEFAULT = new Own(ClusterSpec.DEFAULT);
    }

    @Override
    public String name() {
        return "evaluate";
    }

    @Override
    EvaluationSpec defaults(EnvSpec environment) {
        return EvaluationSpec.of(environment);
    }

    @Override
    public boolean needsCluster(Map<String, String> settings) {
        return settings.containsKey(CLUSTER + "master");
    }

    @Override
    Call of(Call call) {
        return call.without(CLUSTER, TASK);
    }

    @Override
    Outcome run(PolicyRequest<EvaluationSpec> request, Call call) throws IOException, GateException {
        Map<String, String> given = new HashMap<>();
        call.group(CLUSTER).forEach((name, value) -> given.put(CLUSTER + name, value));
        ClusterSpec cluster = Settings.bind(Own.DEFAULT, given).cluster();
        if (!needsCluster(call.settings())) {
            return Evaluation.run(request, TwinEpisodes.threads(request.spec().threads()), call.listener());
        }
        if (request.spec().game() != GameSpec.Kind.TWIN) {
            throw new SettingException("cluster.master is " + cluster.master() + " and game is "
                    + request.spec().game().name().toLowerCase(Locale.ROOT)
                    + ": a cluster plays on the twin alone; leave out one of the two.");
        }
        return Evaluation.run(request, new SparkEpisodes(cluster, call.listener()), call.listener());
    }
}
