package io.github.qwop.goal;

import io.github.qwop.parallel.Workers;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.training.Training;
import java.io.IOException;
import java.util.Map;

/** The goal {@code train}. */
final class TrainGoal implements Goal<TrainGoal.Spec> {

    /**
     * The goal's settings. Those of the run stand beside {@code force}, not in a group of their own, and a
     * {@code config} or a {@code preset} can be named from which they are taken.
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

    /** Public, because settings are bound by reflection. */
    public record Own(boolean force, int threads) {

        /** Checks the threads. */
        public Own {
            Workers.check(threads);
        }
    }

    @Override
    public Spec settings(Call call) throws IOException {
        TrainingSettings<Own> settings = TrainingSettings.read(new Own(false, Workers.usual()), call);
        return new Spec(settings.goal().force(), settings.goal().threads(), settings.run());
    }

    @Override
    public Outcome run(Spec spec, Call call) throws IOException, StoppedException {
        return Training.run(call.directory(), spec.run(), spec.force(), spec.threads(), call.listener(), call.stop());
    }
}
