package io.github.qwop.goal;

import io.github.qwop.parallel.Workers;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.peers.QwopGymConfig;
import io.github.qwop.run.settings.Settings;
import io.github.qwop.run.training.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The goal {@code train}. */
final class TrainGoal implements Goal<TrainGoal.Spec> {

    private static final String FORCE = "force";
    private static final String THREADS = "threads";
    private static final String CONFIG = "config";

    /**
     * The goal's settings. Those of the run stand beside {@code force}, not in a group of their own, and a
     * {@code config} can be named from which they are taken.
     *
     * @param force whether a finished run is trained again
     * @param threads how many work at once; no part of the run, because its outcome does not depend on it
     * @param run the run
     */
    public record Spec(boolean force, int threads, RunSpec run) {

        /** Checks the threads. */
        public Spec {
            Workers.check(threads);
        }
    }

    @Override
    public String name() {
        return "train";
    }

    @Override
    public Spec defaults() {
        return new Spec(false, Workers.usual(), RunSpec.of(Map.of()));
    }

    @Override
    public boolean needsEngine() {
        return true;
    }

    @Override
    public boolean endsItself() {
        return true;
    }

    @Override
    public Spec settings(Call call) throws IOException {
        Map<String, String> run = new HashMap<>(call.settings());
        Map<String, String> own = new HashMap<>();
        for (String name : List.of(FORCE, THREADS)) {
            String given = run.remove(name);
            if (given != null) {
                own.put(name, given);
            }
        }
        Spec spec = Settings.bind(defaults(), own);
        String config = run.remove(CONFIG);
        if (config != null) {
            run = QwopGymConfig.settings(Path.of(config), run, call.listener());
        }
        RunSpec.ofDqn(run).ifPresent(name -> call.listener()
                .info("No algorithm is named, and ppo, the default, has no " + name
                        + ": the algorithm is qr-dqn. Name it to be sure."));
        return new Spec(spec.force(), spec.threads(), RunSpec.of(run));
    }

    @Override
    public Outcome run(Spec spec, Call call) throws IOException, StoppedException {
        return Training.run(call.directory(), spec.run(), spec.force(), spec.threads(), call.listener(), call.stop());
    }
}
