package io.github.qwop.goal;

import io.github.qwop.model.PyTorch;
import io.github.qwop.run.Outcome;

/**
 * The goal {@code benchmark}: how fast this machine plays and learns, in a few seconds. For figures that are compared
 * over time there are the repository's JMH benchmarks; these tell a user how long a training will take.
 */
final class BenchmarkGoal implements Goal<BenchmarkGoal.Spec> {

    private static final double MOST_SECONDS = 60;

    /**
     * The goal's settings.
     *
     * @param runId not used: every goal has it
     * @param seconds how long each figure is measured, after as long a time to warm up
     * @param page whether the open page in the headless browser is measured too
     */
    public record Spec(String runId, double seconds, boolean page) {

        /** Checks the time. */
        public Spec {
            if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
                throw new IllegalArgumentException("benchmark.seconds is " + seconds
                        + ": give a number of seconds above 0, at most " + MOST_SECONDS + "; 1 is usual.");
            }
        }
    }

    @Override
    public String name() {
        return "benchmark";
    }

    @Override
    public Spec defaults() {
        return new Spec("qwop", 1, true);
    }

    @Override
    public boolean needsEngine() {
        return true;
    }

    @Override
    public Outcome run(Spec spec, Call call) {
        PyTorch.start(call.directory(), call.listener()::info);
        return new Measurement(spec, call.listener()).measure();
    }
}
