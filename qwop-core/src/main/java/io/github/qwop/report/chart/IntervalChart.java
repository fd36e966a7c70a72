package io.github.qwop.report.chart;

import io.github.qwop.statistics.Estimate;
import io.github.qwop.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Estimates below each other on one axis: a dot for each value it rests on, faint, a larger one for the estimate, and a
 * line as long as its interval.
 *
 * @param title what is estimated
 * @param xName what x is, with its unit
 * @param rows from the top, of which one must be there
 */
public record IntervalChart(String title, String xName, List<Row> rows) {

    /** The slot of what has no colour of its own. */
    public static final int OTHERS = -1;

    /** The slot of what is no trial. */
    public static final int PLAIN = -2;

    private static final int WIDTH = LineChart.WIDTH;
    private static final int LEFT = 12;
    private static final int RIGHT = LineChart.RIGHT - 4;
    private static final int TOP = 4;
    private static final int ROW = 34;
    private static final int AXIS = 36;
    private static final int X_STEPS = 6;

    /** Where the values fill less than this of the way from 0, the axis need not begin there. */
    private static final double NEAR = 0.5;

    /** Copies the rows. */
    public IntervalChart {
        rows = List.copyOf(rows);
    }

    /**
     * One estimate.
     *
     * @param label whose it is
     * @param text the figure, for reading
     * @param slot number of its colour, or {@link #OTHERS}, or {@link #PLAIN}
     * @param values what it rests on; empty if that is not shown
     */
    public record Row(String label, String text, int slot, List<Double> values, Estimate estimate) {

        /** Copies the values. */
        public Row {
            values = List.copyOf(values);
        }

        private DoubleStream places() {
            Interval interval = estimate.interval();
            return DoubleStream.concat(
                    values.stream().mapToDouble(Double::doubleValue),
                    interval == null
                            ? DoubleStream.of(estimate.value())
                            : DoubleStream.of(estimate.value(), interval.low(), interval.high()));
        }

        private String kind() {
            return slot == OTHERS ? "others" : slot == PLAIN ? "plain" : "s" + slot;
        }
    }

    /** Draws the chart. */
    public String svg() {
        Scale x = scale();
        double bottom = TOP + ROW * rows.size();
        Svg svg = new Svg("chart", WIDTH, bottom + AXIS, title, description(), "");
        for (double tick : x.ticks()) {
            double at = place(x, tick);
            svg.line("grid", at, TOP, at, bottom)
                    .text(
                            at > RIGHT - 12 ? "tick end" : at < LEFT + 12 ? "tick" : "tick x",
                            at,
                            bottom + 14,
                            Scale.label(tick));
        }
        svg.line("axis", LEFT, bottom, RIGHT, bottom).text("name", (LEFT + RIGHT) / 2.0, bottom + AXIS - 6, xName);
        for (int i = 0; i < rows.size(); i++) {
            row(svg, x, TOP + ROW * i, rows.get(i));
        }
        return svg.end();
    }

    private Scale scale() {
        double[] all = rows.stream().flatMapToDouble(Row::places).sorted().toArray();
        double low = all[0];
        double high = all[all.length - 1];
        return Scale.around(low > 0 && low < NEAR * high ? 0 : low, high, X_STEPS);
    }

    private static double place(Scale x, double value) {
        return LEFT + x.place(value) * (RIGHT - LEFT);
    }

    private static void row(Svg svg, Scale x, double top, Row row) {
        double middle = top + 24;
        svg.text("label", LEFT - 4, top + 13, row.label()).text("tick end", RIGHT, top + 13, row.text());
        Interval interval = row.estimate().interval();
        if (interval != null) {
            String ends = Svg.number(place(x, interval.low())) + "," + Svg.number(middle) + " "
                    + Svg.number(place(x, interval.high())) + "," + Svg.number(middle);
            svg.raw("<polyline class=\"whisker " + row.kind() + "\" points=\"" + ends + "\"/>");
        }
        for (double value : row.values()) {
            svg.raw(circle("seed " + row.kind(), 2.5, place(x, value), middle, Scale.label(value)));
        }
        svg.raw(circle("dot " + row.kind(), 5, place(x, row.estimate().value()), middle, row.text()));
    }

    private static String circle(String classes, double radius, double x, double y, String tip) {
        return "<circle class=\"" + classes + "\" r=\"" + Svg.number(radius) + "\" cx=\"" + Svg.number(x) + "\" cy=\""
                + Svg.number(y) + "\"><title>" + Svg.escape(tip) + "</title></circle>";
    }

    private String description() {
        List<String> sentences = new ArrayList<>();
        for (Row row : rows) {
            sentences.add(row.label() + ": " + row.text() + ".");
        }
        return String.join(" ", sentences);
    }
}
