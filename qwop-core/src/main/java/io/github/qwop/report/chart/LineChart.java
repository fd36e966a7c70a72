package io.github.qwop.report.chart;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Curves over one axis: the values as they are, faint, and their moving mean.
 *
 * @param title what the curves show
 * @param unit of y; empty for a bare number
 * @param xName what x is, with its unit
 * @param xEnd where the x axis ends, which begins at 0
 * @param range what the y axis spans
 * @param bands what spreads between two curves
 * @param series the curves, of which one must have a point
 * @param marks moments to point at
 * @param dots values to point at
 */
public record LineChart(
        String title,
        String unit,
        String xName,
        double xEnd,
        Range range,
        List<Band> bands,
        List<Series> series,
        List<Mark> marks,
        List<Dot> dots) {

    /** A chart without bands. */
    public LineChart(
            String title,
            String unit,
            String xName,
            double xEnd,
            Range range,
            List<Series> series,
            List<Mark> marks,
            List<Dot> dots) {
        this(title, unit, xName, xEnd, range, List.of(), series, marks, dots);
    }

    /**
     * What lies between two curves.
     *
     * @param slot number of its colour
     * @param high its upper end, in the order of x
     * @param low its lower end, at the same x
     */
    public record Band(int slot, List<Point> high, List<Point> low) {

        /** Copies the points. */
        public Band {
            high = List.copyOf(high);
            low = List.copyOf(low);
        }
    }

    /** Size in pixels, made for a phone's width: wider screens show several side by side. */
    public static final int WIDTH = 380;

    public static final int HEIGHT = 212;

    /** Where the curves may run. */
    public static final int LEFT = 46;

    public static final int RIGHT = 370;
    public static final int TOP = 20;
    public static final int BOTTOM = 176;

    private static final int FINEST = 400;
    private static final int SMOOTHEST = 240;
    private static final int X_STEPS = 6;
    private static final int Y_STEPS = 6;

    /** From this factor between the largest and the smallest value on, only a logarithmic axis shows both. */
    private static final double WIDE = 100;

    /** What a y axis spans. */
    public enum Range {
        /** From 0, or the lowest value if that is lower, to the highest. */
        FROM_ZERO,
        /** From the lowest value to the highest. */
        FREE,
        /** The same on a logarithmic axis if all values are above 0 and far apart, else {@link #FROM_ZERO}. */
        LOGARITHMIC
    }

    /**
     * A moment.
     *
     * @param slot the colour of the curve that it belongs to
     * @param text what happened
     */
    public record Mark(double x, int slot, String text) {}

    /**
     * A value worth naming.
     *
     * @param slot the colour of the curve that it lies on
     * @param text its label
     */
    public record Dot(double x, double y, int slot, String text) {}

    /** Draws the chart. */
    public String svg() {
        Scale x = Scale.exactly(0, xEnd, X_STEPS);
        Scale y = yScale();
        String plot = String.format(
                Locale.ROOT,
                "data-plot=\"%d %d %d %d %s %s %s %s %s\" data-unit=\"%s\" data-x=\"%s\"",
                LEFT,
                RIGHT,
                TOP,
                BOTTOM,
                x.min(),
                x.max(),
                y.min(),
                y.max(),
                y.logarithmic() ? "log" : "linear",
                Svg.escape(unit),
                Svg.escape(xName));
        Svg svg = new Svg("chart", WIDTH, HEIGHT, title, description(), plot);
        axes(svg, x, y);
        for (Mark mark : marks) {
            mark(svg, LEFT + x.place(mark.x()) * (RIGHT - LEFT), mark);
        }
        for (Band band : bands) {
            band(svg, band, x, y);
        }
        for (Series one : series) {
            curve(svg, "raw", one, Smoothing.extremes(one.points(), FINEST), x, y);
        }
        for (Series one : series) {
            curve(svg, "smooth", one, Smoothing.every(Smoothing.mean(one.points()), SMOOTHEST), x, y);
        }
        for (Dot dot : dots) {
            double across = x.place(dot.x());
            double up = y.place(dot.y());
            // A damaged file may have one without a place here, such as what is not above 0 on a logarithmic axis.
            if (Double.isFinite(across) && Double.isFinite(up)) {
                dot(svg, LEFT + across * (RIGHT - LEFT), BOTTOM - up * (BOTTOM - TOP), dot);
            }
        }
        return svg.end();
    }

    private Stream<Point> points() {
        return Stream.concat(
                series.stream().flatMap(one -> one.points().stream()),
                bands.stream().flatMap(band -> Stream.concat(band.high().stream(), band.low().stream())));
    }

    private Scale yScale() {
        DoubleStream values = points().mapToDouble(Point::y);
        double[] sorted = values.sorted().toArray();
        double low = sorted[0];
        double high = sorted[sorted.length - 1];
        if (range == Range.LOGARITHMIC && low > 0 && high / low > WIDE) {
            return Scale.logarithmic(low, high);
        }
        return Scale.around(range == Range.FREE ? low : Math.min(0, low), high, Y_STEPS);
    }

    private void axes(Svg svg, Scale x, Scale y) {
        for (double tick : y.ticks()) {
            double at = BOTTOM - y.place(tick) * (BOTTOM - TOP);
            svg.line("grid", LEFT, at, RIGHT, at).text("tick y", LEFT - 5, at + 4, Scale.label(tick));
        }
        for (double tick : x.ticks()) {
            double at = LEFT + x.place(tick) * (RIGHT - LEFT);
            svg.line("axis", at, BOTTOM, at, BOTTOM + 4)
                    .text(at > RIGHT - 12 ? "tick end" : "tick x", at, BOTTOM + 16, Scale.label(tick));
        }
        svg.line("axis", LEFT, BOTTOM, RIGHT, BOTTOM)
                .text("name", (LEFT + RIGHT) / 2.0, HEIGHT - 5, xName)
                .text("unit", 2, 10, y.logarithmic() ? unit.isEmpty() ? "logarithmic" : unit + ", logarithmic" : unit);
    }

    private static void mark(Svg svg, double at, Mark mark) {
        svg.raw("<g class=\"mark s" + mark.slot() + "\"><title>" + Svg.escape(mark.text()) + "</title>")
                .line("", at, TOP - 4, at, BOTTOM)
                .raw("<path d=\"M" + Svg.number(at) + " " + TOP + "l-5 -9h10z\"/></g>");
    }

    private static void dot(Svg svg, double x, double y, Dot dot) {
        svg.raw("<circle class=\"dot s" + dot.slot() + "\" r=\"4\" cx=\"" + Svg.number(x) + "\" cy=\"" + Svg.number(y)
                + "\"><title>" + Svg.escape(dot.text()) + "</title></circle>");
    }

    private static void band(Svg svg, Band band, Scale x, Scale y) {
        List<Point> low = new ArrayList<>(Smoothing.every(band.low(), SMOOTHEST));
        Collections.reverse(low);
        Stream<Point> around = Stream.concat(Smoothing.every(band.high(), SMOOTHEST).stream(), low.stream());
        svg.raw("<polygon class=\"band s" + band.slot() + "\" points=\"" + places(around, x, y) + "\"/>");
    }

    private static String places(Stream<Point> points, Scale x, Scale y) {
        return points.map(point -> Svg.number(LEFT + x.place(point.x()) * (RIGHT - LEFT)) + ","
                        + Svg.number(BOTTOM - y.place(point.y()) * (BOTTOM - TOP)))
                .collect(Collectors.joining(" "));
    }

    private static void curve(Svg svg, String kind, Series one, List<Point> points, Scale x, Scale y) {
        if (points.isEmpty()) {
            return;
        }
        String places = places(points.stream(), x, y);
        svg.raw("<polyline class=\"" + kind + " s" + one.slot() + "\" data-name=\"" + Svg.escape(one.name())
                + "\" points=\"" + places + "\"/>");
        if (points.size() == 1 && kind.equals("smooth")) {
            dot(
                    svg,
                    LEFT + x.place(points.get(0).x()) * (RIGHT - LEFT),
                    BOTTOM - y.place(points.get(0).y()) * (BOTTOM - TOP),
                    new Dot(0, 0, one.slot(), one.name()));
        }
    }

    private String description() {
        List<String> sentences = new ArrayList<>();
        for (Series one : series) {
            if (!one.points().isEmpty()) {
                Point first = one.points().get(0);
                Point last = one.points().get(one.points().size() - 1);
                Point top = one.points().stream()
                        .max(Comparator.comparingDouble(Point::y))
                        .orElseThrow();
                sentences.add(String.format(
                        Locale.ROOT,
                        "%s: %s at the beginning, %s at %s %s, highest %s at %s.",
                        one.name(),
                        value(first.y()),
                        value(last.y()),
                        rounded(last.x()),
                        xName,
                        value(top.y()),
                        rounded(top.x())));
            }
        }
        for (Mark mark : marks) {
            sentences.add("Marked at " + rounded(mark.x()) + ": " + mark.text());
        }
        return String.join(" ", sentences);
    }

    private String value(double value) {
        return rounded(value) + (unit.isEmpty() ? "" : " " + unit);
    }

    /** Three digits are what a curve can tell. */
    private static String rounded(double value) {
        return Scale.label(new java.math.BigDecimal(value)
                .round(new java.math.MathContext(3))
                .doubleValue());
    }
}
