package io.github.qwop.report.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes curves of many noisy points readable. */
final class Smoothing {

    /** A mean runs over this part of a curve's points. */
    private static final int PARTS = 50;

    private Smoothing() {}

    /** The centred moving mean over a fiftieth of the points, fewer at the ends; of few points, the points. */
    static List<Point> mean(List<Point> points) {
        int half = points.size() / PARTS / 2;
        double[] sums = new double[points.size() + 1];
        for (int i = 0; i < points.size(); i++) {
            sums[i + 1] = sums[i] + points.get(i).y();
        }
        List<Point> means = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            // As many on either side, so that a slope stays a slope up to the ends.
            int reach = Math.min(half, Math.min(i, points.size() - 1 - i));
            means.add(new Point(points.get(i).x(), (sums[i + reach + 1] - sums[i - reach]) / (2 * reach + 1)));
        }
        return means;
    }

    /** At most some {@code most} points that show the same: the lowest and the highest of each stretch. */
    static List<Point> extremes(List<Point> points, int most) {
        if (points.size() <= most) {
            return points;
        }
        List<Point> kept = new ArrayList<>();
        int stretches = most / 2;
        for (int i = 0; i < stretches; i++) {
            List<Point> stretch = points.subList(
                    (int) ((long) i * points.size() / stretches), (int) ((long) (i + 1) * points.size() / stretches));
            Point low =
                    stretch.stream().min(Comparator.comparingDouble(Point::y)).orElseThrow();
            Point high =
                    stretch.stream().max(Comparator.comparingDouble(Point::y)).orElseThrow();
            kept.add(low.x() <= high.x() ? low : high);
            if (!low.equals(high)) {
                kept.add(low.x() <= high.x() ? high : low);
            }
        }
        return kept;
    }

    /** At most some {@code most} points, evenly chosen, the last one among them. */
    static List<Point> every(List<Point> points, int most) {
        int stride = (points.size() + most - 1) / most;
        List<Point> kept = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            if ((points.size() - 1 - i) % Math.max(1, stride) == 0) {
                kept.add(points.get(i));
            }
        }
        return kept;
    }
}
