package io.github.qwop.goal;

import io.github.qwop.model.PyTorch;
import io.github.qwop.parallel.Workers;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunSpec;
import java.io.IOException;
import java.util.Map;

/**
 * The goal {@code benchmark}: how fast this machine plays and learns, in a few seconds. For figures that are compared
 * over time there are the repository's JMH benchmarks; these tell a user how long the training will take that is
 * declared.
 */
final class BenchmarkGoal implements Goal<BenchmarkGoal.Spec> {

    private static final double MOST_SECONDS = 60;

    /**
     * The goal's settings. Those of the training that is measured stand beside them, as {@code train} has them.
     *
     * @param seconds how long each figure is measured, after as long a time to warm up
     * @param page whether the open page in the headless browser is measured too
     * @param threads how many work at once where several do
     * @param run the training
     */
    public record Spec(double seconds, boolean page, int threads, RunSpec run) {

        /** Checks the time and the threads. */
        public Spec {
            if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
                throw new IllegalArgumentException("benchmark.seconds is " + seconds
                        + ": give a number of seconds above 0, at most " + MOST_SECONDS + "; 1 is usual.");
            }
            Workers.check(threads);
        }
    }

    /** Public, because settings are bound by reflection. */
    public record Own(double seconds, boolean page, int threads) {

        /** Checks the threads. */
        public Own {
            Workers.check(threads);
        }
    }

    @Override
    public String name() {
        return "benchmark";
    }

    @Override
    public Spec defaults() {
        return new Spec(1, true, Workers.usual(), RunSpec.of(Map.of()));
    }

    @Override
    public boolean needsEngine() {
        return true;
    }

    @Override
    public Spec settings(Call call) throws IOException {
        TrainingSettings<Own> settings = TrainingSettings.read(new Own(1, true, Workers.usual()), call);
        Own own = settings.goal();
        return new Spec(own.seconds(), own.page(), own.threads(), settings.run());
    }

    @Override
    public Outcome run(Spec spec, Call call) {
        PyTorch.start(call.directory(), call.listener()::info);
        return new Measurement(spec, call.listener()).measure();
    }
}
