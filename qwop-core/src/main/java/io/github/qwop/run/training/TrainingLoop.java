package io.github.qwop.run.training;

import io.github.qwop.learn.Learner;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.TrainingListener;
import io.github.qwop.run.metrics.MetricsLog;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Lets a learner work until the declared number of environment steps, and measures, evaluates, writes checkpoints and
 * tells of it in between. When each is done the count of environment steps decides alone.
 *
 * @param window of the episodes that the learner plays
 * @param figures of the learner since the last row of the metrics
 * @param own the user's listeners
 * @param stopAt environment steps at which the training is stopped with a checkpoint
 * @param stop asked after every piece of work: true ends the training with a checkpoint
 */
record TrainingLoop(
        RunSpec spec,
        RunDirectory run,
        Learner learner,
        EpisodeWindow window,
        LearnerWindow figures,
        Validation validation,
        RunCheckpoints checkpoints,
        List<TrainingListener> own,
        RunListener listener,
        long stopAt,
        BooleanSupplier stop) {

    private static final long PROGRESS_NANOS = 1_000_000_000L;
    private static final String FPS = "time/fps";

    /**
     * Trains.
     *
     * @param mark of the run's folder, which somebody may remove meanwhile
     * @throws StoppedException if it was stopped before the end
     * @throws NoSuchFileException if the run's folder is no longer this run's
     */
    void train(Optional<RunDirectory.Mark> mark) throws IOException, StoppedException {
        if (learner.steps() >= stopAt && learner.steps() < spec.totalTimesteps() && !validation.collapsed()) {
            throw stopped();
        }
        List<String> columns = new ArrayList<>(EpisodeWindow.NAMES);
        columns.addAll(learner.metrics().keySet());
        columns.add(FPS);
        columns.add(MetricsLog.TIME_ELAPSED);
        columns.addAll(Validation.NAMES);
        try (MetricsLog metricsLog = new MetricsLog(run.path(), columns, learner.steps(), listener::warn)) {
            Speed speed = new Speed(learner.steps(), System.nanoTime());
            Rate rate = new Rate(spec.guard().evalFreq(), spec.checkpointInterval());
            long learning = System.nanoTime();
            Map<String, Double> values = Map.of();
            while (learner.steps() < spec.totalTimesteps() && !validation.collapsed()) {
                long before = learner.steps();
                learner.iterate();
                Map<String, Double> metrics = learner.metrics();
                figures.add(metrics);
                validation.learned(metrics);
                long now = System.nanoTime();
                rate.learned(learner.steps() - before, now - learning);
                learning = now;
                if (speed.isDue()) {
                    speed.take(learner.steps());
                    listener.progress(learner.steps(), spec.totalTimesteps(), rate.stepsPerSecond(), values);
                }
                boolean evaluate = crossed(before, spec.guard().evalFreq());
                boolean stopping = stop.getAsBoolean() || learner.steps() >= stopAt;
                boolean log = evaluate || crossed(before, spec.logInterval());
                boolean checkpoint = stopping || crossed(before, spec.checkpointInterval());
                if (log || checkpoint) {
                    check(mark);
                }
                if (log) {
                    values = new LinkedHashMap<>(window.means());
                    values.putAll(figures.take());
                    values.put(FPS, speed.now(learner.steps()));
                    values.put(MetricsLog.TIME_ELAPSED, metricsLog.elapsed());
                    if (evaluate) {
                        long begin = System.nanoTime();
                        validation.evaluate(values);
                        rate.evaluated(System.nanoTime() - begin);
                        learning += System.nanoTime() - begin;
                    }
                    metricsLog.write(learner.steps(), values);
                    for (TrainingListener one : own) {
                        one.measured(learner.steps(), Map.copyOf(values));
                    }
                    values.putAll(validation.shown());
                }
                if (checkpoint) {
                    long begin = System.nanoTime();
                    checkpoints.write();
                    rate.saved(System.nanoTime() - begin);
                    learning += System.nanoTime() - begin;
                }
                if (stopping && learner.steps() < spec.totalTimesteps()) {
                    throw stopped();
                }
            }
        }
    }

    /**
     * Looks whether the run's folder is still this run's: what is written where it was would be half a run.
     *
     * @throws NoSuchFileException if it is not
     */
    void check(Optional<RunDirectory.Mark> mark) throws NoSuchFileException {
        if (!run.mark().equals(mark)) {
            throw new NoSuchFileException(run.spec().toString());
        }
    }

    private StoppedException stopped() {
        tellEnd();
        return new StoppedException(String.format(
                Locale.ROOT,
                "Training of %s stopped at %,d of %,d steps; run the same command again to go on from there.",
                spec.runId(),
                learner.steps(),
                spec.totalTimesteps()));
    }

    /** Tells the user's listeners that the training has ended. */
    void tellEnd() {
        own.forEach(one -> one.ended(learner.steps()));
    }

    private boolean crossed(long before, long interval) {
        return before / interval != learner.steps() / interval || learner.steps() == spec.totalTimesteps();
    }

    /** Environment steps a second, measured about once a second. */
    private static final class Speed {

        private long at;
        private long steps;
        private double last = Double.NaN;

        Speed(long steps, long at) {
            this.steps = steps;
            this.at = at;
        }

        boolean isDue() {
            return System.nanoTime() - at >= PROGRESS_NANOS;
        }

        /** Measures since the last time. */
        void take(long now) {
            last = since(now);
            at = System.nanoTime();
            steps = now;
        }

        /** As it was last measured; before the first second is over, since the beginning. */
        double now(long now) {
            return Double.isNaN(last) ? since(now) : last;
        }

        private double since(long now) {
            return (now - steps) * 1e9 / Math.max(1, System.nanoTime() - at);
        }
    }
}
