package io.github.qwop.statistics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A performance profile (Dolan and Moré, 2002; of scores, Agarwal and others, 2021): which share of runs is above each
 * threshold.
 *
 * @param points in the order of the thresholds
 */
public record Profile(List<At> points) {

    /** Copies the points. */
    public Profile {
        points = List.copyOf(points);
    }

    /**
     * One threshold.
     *
     * @param threshold in the scores' unit
     * @param share of the runs whose score is above it, 0 to 1
     * @param band where the share is believed to lie, at this threshold; null if nobody can tell
     */
    public record At(
            double threshold, double share, @Nullable Interval band) {}
}
