package io.github.qwop.run.training;

import io.github.qwop.metric.Metric;
import io.github.qwop.run.GuardSpec;
import io.github.qwop.run.evaluation.Summary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Watches a training's evaluations and signals, and says when it has collapsed. */
final class CollapseGuard {

    /** Signals that may not rise to many times what they were. */
    private static final List<String> SIGNALS = List.of(Metric.LOSS.name(), Metric.GRAD_NORM.name());

    private final GuardSpec spec;
    private final double leastEntropy;
    private final Map<String, SignalHistory> histories = new LinkedHashMap<>();
    private int badInRow;
    private int rollbacks;
    private double bestDistance;

    /**
     * A guard before the first evaluation.
     *
     * @param greatestEntropy of a policy that draws evenly, in nats; 0 if the learner's need not be watched
     */
    CollapseGuard(GuardSpec spec, double greatestEntropy) {
        this.spec = spec;
        leastEntropy = spec.minEntropy() * greatestEntropy;
        SIGNALS.forEach(name -> histories.put(name, new SignalHistory()));
    }

    /** A new best has been found. */
    void best(Summary summary) {
        bestDistance = summary.meanDistance();
        badInRow = 0;
    }

    /**
     * Looks at an evaluation.
     *
     * @param valueBias by how much the estimated return of a start exceeds the realised one; NaN if unknown
     * @param signals the learner's figures since the last evaluation, by name, as {@link LearnerWindow#take} has them
     * @return what was seen, if it is a collapse
     */
    Optional<String> look(Summary summary, double valueBias, Map<String, Double> signals) {
        Optional<String> broken = notFinite(valueBias, signals);
        if (broken.isPresent()) {
            badInRow = 0;
            return broken;
        }
        List<String> seen = new ArrayList<>();
        if (bestDistance >= spec.minDistance() && summary.meanDistance() < spec.drop() * bestDistance) {
            seen.add(text(
                    "the mean distance fell to %.2f m, below %.0f %% of the best, %.2f m",
                    summary.meanDistance(), 100 * spec.drop(), bestDistance));
        }
        if (valueBias > spec.maxValueBias()) {
            seen.add(text(
                    "the estimated return exceeds the realised one by %.1f, over %.1f",
                    valueBias, spec.maxValueBias()));
        }
        histories.forEach((name, history) -> {
            double signal = signals.getOrDefault(name, Double.NaN);
            double ratio = Double.isNaN(signal) ? 0 : history.add(signal);
            if (ratio > spec.signalFactor()) {
                seen.add(text("%s rose to %.4g, %.0f times its median before", name, signal, ratio));
            }
        });
        double entropy = -signals.getOrDefault(Metric.ENTROPY_LOSS.name(), Double.NEGATIVE_INFINITY);
        if (entropy < leastEntropy) {
            seen.add(text("the policy's entropy fell to %.4g, below %.4g", entropy, leastEntropy));
        }
        badInRow = seen.isEmpty() ? 0 : badInRow + 1;
        if (badInRow < spec.patience()) {
            return Optional.empty();
        }
        badInRow = 0;
        return Optional.of(text("%s (evaluations in a row: %d)", String.join("; ", seen), spec.patience()));
    }

    private static Optional<String> notFinite(double valueBias, Map<String, Double> signals) {
        if (Double.isInfinite(valueBias)) {
            return Optional.of("the estimated return is no longer finite");
        }
        return SIGNALS.stream()
                .filter(name -> !Double.isFinite(signals.getOrDefault(name, 0.0)))
                .findFirst()
                .map(name -> name + " is no longer finite");
    }

    /** Whether the last look saw nothing, and all of these signals are finite. */
    boolean isCalm(Map<String, Double> signals) {
        return badInRow == 0 && notFinite(0, signals).isEmpty();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** Mean distance of the best so far, in metres. */
    double bestDistance() {
        return bestDistance;
    }

    /** Counts a rollback. */
    void rolledBack() {
        rollbacks++;
    }

    /** Whether another rollback is allowed. */
    boolean mayRollBack() {
        return rollbacks < spec.maxRollbacks();
    }

    void save(DataOutput out) throws IOException {
        out.writeInt(badInRow);
        out.writeInt(rollbacks);
        out.writeDouble(bestDistance);
        for (SignalHistory history : histories.values()) {
            history.save(out);
        }
    }

    void restore(DataInput in) throws IOException {
        badInRow = in.readInt();
        rollbacks = in.readInt();
        bestDistance = in.readDouble();
        for (SignalHistory history : histories.values()) {
            history.restore(in);
        }
    }
}
