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
     * @param stopAt environment steps at which the training is stopped with a checkpoint; 0 for none
     * @param run the run
     */
    public record Spec(boolean force, int threads, long stopAt, RunSpec run) {

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
        return new Spec(false, Workers.usual(), 0, RunSpec.of(Map.of()));
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
    public record Own(boolean force, int threads, long stopAt) {

        /** Checks the numbers. */
        public Own {
            Workers.check(threads);
            if (stopAt < 0) {
                throw new IllegalArgumentException("stopAt is " + stopAt
                        + ": give environment steps at which the training stops, or 0 for its end.");
            }
        }
    }

    @Override
    public Spec settings(Call call) throws IOException {
        TrainingSettings<Own> settings = TrainingSettings.read(new Own(false, Workers.usual(), 0), call);
        Own own = settings.goal();
        return new Spec(own.force(), own.threads(), own.stopAt(), settings.run());
    }

    @Override
    public Outcome run(Spec spec, Call call) throws IOException, StoppedException {
        long stopAt = spec.stopAt() == 0 ? Long.MAX_VALUE : spec.stopAt();
        return Training.run(
                call.directory(), spec.run(), spec.force(), spec.threads(), stopAt, call.listener(), call.stop());
    }
}
