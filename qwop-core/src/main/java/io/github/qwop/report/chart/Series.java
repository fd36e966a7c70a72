package io.github.qwop.report.chart;

import java.util.List;

/**
 * One curve of a chart.
 *
 * @param name what the curve belongs to
 * @param slot number of its colour, 0 to {@value #COLOURS} - 1
 * @param points in the order of x, finite
 */
public record Series(String name, int slot, List<Point> points) {

    /** How many colours there are. */
    public static final int COLOURS = 6;

    /** Copies the points. */
    public Series {
        points = List.copyOf(points);
    }
}
