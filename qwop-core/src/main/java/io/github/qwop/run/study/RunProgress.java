package io.github.qwop.run.study;

import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.metrics.MetricsLog;
import io.github.qwop.run.study.StudyFile.Point;
import io.github.qwop.run.training.Training;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far the training in a folder has come, from its files alone.
 *
 * @param isOurs whether there is one of the spec in the folder
 * @param isFinished whether it has come to its end
 * @param steps environment steps of its newest checkpoint, or of its end
 * @param rows of its metrics
 */
record RunProgress(boolean isOurs, boolean isFinished, long steps, List<Map<String, Double>> rows) {

    private static final String DISTANCE = "eval/distance";

    private static final RunProgress NONE = new RunProgress(false, false, 0, List.of());

    /** What is there of a training; of another one nothing. */
    static RunProgress of(RunDirectory run, RunSpec spec) throws IOException {
        if (!Training.isOf(run, spec)) {
            return NONE;
        }
        long checkpoint = run.checkpointSteps();
        List<Map<String, Double>> rows = MetricsLog.rows(run.path());
        long measured = rows.isEmpty() ? 0 : steps(rows.get(rows.size() - 1));
        return new RunProgress(
                true, run.isFinished(), run.isFinished() ? measured : Math.min(checkpoint, measured), rows);
    }

    private static long steps(Map<String, Double> row) {
        return Math.round(row.getOrDefault(MetricsLog.STEPS, 0.0));
    }

    /** Whether it has nothing to do before this number of environment steps. */
    boolean reaches(long stopAt) {
        return isFinished || steps >= stopAt;
    }

    /** The first validation at these environment steps or beyond: a rollout may lead beyond them; none is never. */
    long validationAt(long stopAt) {
        return curve(Long.MAX_VALUE).stream()
                .mapToLong(Point::steps)
                .filter(at -> at >= stopAt)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Seconds of wall time that it was at work. */
    double seconds() {
        return rows.isEmpty() ? 0 : rows.get(rows.size() - 1).getOrDefault(MetricsLog.TIME_ELAPSED, 0.0);
    }

    /** Mean distances of its validations up to a number of environment steps. */
    List<Point> curve(long most) {
        return rows.stream()
                .filter(row -> row.containsKey(DISTANCE) && steps(row) <= most)
                .map(row -> new Point(steps(row), Objects.requireNonNull(row.get(DISTANCE))))
                .toList();
    }

    /**
     * The objective, by the validations up to a number of environment steps: of the best of them, or of the area under
     * them all.
     *
     * @return null if there is none
     */
    @Nullable
    Double score(Objective objective, long most) {
        return switch (objective) {
            case DISTANCE -> best(DISTANCE, true, most);
            case FINISH_RATE -> best("eval/finished", true, most);
            case SECONDS -> best("eval/finish_seconds", false, most);
            case AREA_UNDER_CURVE -> area(curve(most));
        };
    }

    private @Nullable Double best(String metric, boolean highest, long most) {
        Double best = null;
        for (Map<String, Double> row : rows) {
            Double value = row.get(metric);
            if (value != null && steps(row) <= most && (best == null || (highest ? value > best : value < best))) {
                best = value;
            }
        }
        return best;
    }

    /** By trapezoids, from nothing at no step, over the steps: a mean. */
    private static @Nullable Double area(List<Point> curve) {
        if (curve.isEmpty()) {
            return null;
        }
        double area = 0;
        Point before = new Point(0, 0);
        for (Point point : curve) {
            area += (point.steps() - before.steps()) * (point.distance() + before.distance()) / 2;
            before = point;
        }
        return area / Math.max(1, before.steps());
    }
}
