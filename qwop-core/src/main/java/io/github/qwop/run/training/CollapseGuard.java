package io.github.qwop.run.training;

import io.github.qwop.run.GuardSpec;
import io.github.qwop.run.evaluation.Summary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Watches a training's evaluations and signals, and says when it has collapsed. */
final class CollapseGuard {

    private final GuardSpec spec;
    private int badInRow;
    private int rollbacks;
    private double bestDistance;

    CollapseGuard(GuardSpec spec) {
        this.spec = spec;
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
     * @param loss the mean loss since the last one; NaN if there was none
     * @return what was seen, if it is a collapse
     */
    Optional<String> look(Summary summary, double valueBias, double loss) {
        if (Double.isInfinite(loss) || Double.isInfinite(valueBias)) {
            return Optional.of("the loss or the values are no longer finite");
        }
        boolean fallen = bestDistance >= spec.minDistance() && summary.meanDistance() < spec.drop() * bestDistance;
        boolean dreaming = valueBias > spec.maxValueBias();
        badInRow = fallen || dreaming ? badInRow + 1 : 0;
        if (badInRow < spec.patience()) {
            return Optional.empty();
        }
        badInRow = 0;
        return Optional.of(
                fallen
                        ? String.format(
                                Locale.ROOT,
                                "the mean distance fell to %.2f m, %d evaluations in a row below %.0f %% of the best, %.2f m",
                                summary.meanDistance(),
                                spec.patience(),
                                100 * spec.drop(),
                                bestDistance)
                        : String.format(
                                Locale.ROOT,
                                "the estimated return exceeds the realised one by %.1f, over %.1f, %d evaluations in a row",
                                valueBias,
                                spec.maxValueBias(),
                                spec.patience()));
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
    }

    void restore(DataInput in) throws IOException {
        badInRow = in.readInt();
        rollbacks = in.readInt();
        bestDistance = in.readDouble();
    }
}
