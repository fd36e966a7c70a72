package io.github.qwop.report.chart;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How often values fall into bins of equal width.
 *
 * @param title what is counted
 * @param xName what the values are, with their unit
 * @param countName what is counted in each bin
 * @param values at least one, finite
 * @param special which of the values are of a special kind, drawn apart
 * @param specialName what that kind is
 * @param lines values to draw a line at, such as the mean
 */
public record Histogram(
        String title,
        String xName,
        String countName,
        List<Double> values,
        List<Boolean> special,
        String specialName,
        List<Line> lines) {

    private static final int WIDTH = 380;
    private static final int HEIGHT = 224;
    private static final int LEFT = 40;
    private static final int RIGHT = 370;
    private static final int TOP = 42;
    private static final int BOTTOM = 188;
    private static final int ABOUT_BINS = 22;

    /** About the width of a label's character. */
    private static final double CHARACTER = 6.6;

    /** A vertical line with its label. */
    public record Line(double x, String text) {}

    /**
     * A bin.
     *
     * @param from its lower end, which belongs to it
     * @param to its upper end
     * @param count how many values fall into it
     * @param special how many of those are special
     */
    public record Bin(double from, double to, int count, int special) {}

    /** The bins, from the lowest value's to the highest's; their ends are round numbers. */
    public List<Bin> bins() {
        double low = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double high = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double width = high > low ? Scale.step(high - low, ABOUT_BINS) : 1;
        long first = (long) Math.floor(low / width);
        int count = (int) ((long) Math.floor(high / width) - first) + 1;
        int[] all = new int[count];
        int[] apart = new int[count];
        for (int i = 0; i < values.size(); i++) {
            int bin = (int) ((long) Math.floor(values.get(i) / width) - first);
            all[bin]++;
            apart[bin] += special.get(i) ? 1 : 0;
        }
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bins.add(new Bin((first + i) * width, (first + i + 1) * width, all[i], apart[i]));
        }
        return bins;
    }

    /** Draws the histogram. */
    public String svg() {
        List<Bin> bins = bins();
        int most = bins.stream().mapToInt(Bin::count).max().orElse(1);
        Scale x = Scale.exactly(bins.get(0).from(), bins.get(bins.size() - 1).to(), 6);
        Scale y = Scale.around(0, Math.max(most, 4), 4);
        Svg svg = new Svg("histogram", WIDTH, HEIGHT, title, description(bins), "");
        for (double tick : y.ticks()) {
            double at = BOTTOM - y.place(tick) * (BOTTOM - TOP);
            svg.line("grid", LEFT, at, RIGHT, at).text("tick y", LEFT - 5, at + 4, Scale.label(tick));
        }
        for (Bin bin : bins) {
            bar(svg, bin, x, y);
        }
        for (double tick : x.ticks()) {
            double at = LEFT + x.place(tick) * (RIGHT - LEFT);
            svg.line("axis", at, BOTTOM, at, BOTTOM + 4)
                    .text(at > RIGHT - 12 ? "tick end" : "tick x", at, BOTTOM + 16, Scale.label(tick));
        }
        svg.line("axis", LEFT, BOTTOM, RIGHT, BOTTOM)
                .text("name", (LEFT + RIGHT) / 2.0, HEIGHT - 5, xName)
                .text("unit", 2, TOP - 10, countName);
        lines(svg, x);
        return svg.end();
    }

    /**
     * The lines, each beginning below its label. All labels stand on one side of their lines where there is room, the
     * line that is farthest on the other side the highest: so no line runs through another's label.
     */
    private void lines(Svg svg, Scale x) {
        List<Line> ordered = new ArrayList<>(lines);
        ordered.sort(Comparator.comparingDouble(Line::x));
        ToDoubleFunction<Line> place = line -> LEFT + x.place(line.x()) * (RIGHT - LEFT);
        ToDoubleFunction<Line> width = line -> line.text().length() * CHARACTER;
        boolean right =
                ordered.stream().allMatch(line -> place.applyAsDouble(line) + width.applyAsDouble(line) <= WIDTH);
        boolean left = ordered.stream().allMatch(line -> place.applyAsDouble(line) - width.applyAsDouble(line) >= 0);
        if (!right) {
            Collections.reverse(ordered);
        }
        for (int i = 0; i < ordered.size(); i++) {
            double at = place.applyAsDouble(ordered.get(i));
            double label = 10 + 13 * i;
            boolean ends = !right && (left || at > (LEFT + RIGHT) / 2.0);
            svg.line("line", at, label + 3, at, BOTTOM)
                    .text(
                            ends ? "label end" : "label",
                            at,
                            label,
                            ordered.get(i).text());
        }
    }

    private static void bar(Svg svg, Bin bin, Scale x, Scale y) {
        double from = LEFT + x.place(bin.from()) * (RIGHT - LEFT) + 1;
        double to = LEFT + x.place(bin.to()) * (RIGHT - LEFT) - 1;
        String tip =
                String.format(Locale.ROOT, "%s to %s: %d", Scale.label(bin.from()), Scale.label(bin.to()), bin.count());
        rectangle(svg, "bar", from, to, y.place(bin.special()), y.place(bin.count()), tip);
        rectangle(svg, "bar special", from, to, 0, y.place(bin.special()), tip);
    }

    private static void rectangle(
            Svg svg, String classes, double from, double to, double bottom, double top, String tip) {
        if (top > bottom) {
            svg.raw("<rect class=\"" + classes + "\" x=\"" + Svg.number(from) + "\" y=\""
                    + Svg.number(BOTTOM - top * (BOTTOM - TOP)) + "\" width=\""
                    + Svg.number(Math.max(1, to - from)) + "\" height=\""
                    + Svg.number((top - bottom) * (BOTTOM - TOP)) + "\"><title>" + Svg.escape(tip)
                    + "</title></rect>");
        }
    }

    private String description(List<Bin> bins) {
        StringBuilder text = new StringBuilder();
        for (Bin bin : bins) {
            if (bin.count() > 0) {
                text.append(String.format(
                        Locale.ROOT,
                        "%s to %s: %d%s; ",
                        Scale.label(bin.from()),
                        Scale.label(bin.to()),
                        bin.count(),
                        bin.special() > 0 ? ", " + bin.special() + " " + specialName : ""));
            }
        }
        for (Line line : lines) {
            text.append(line.text()).append("; ");
        }
        return text.toString().strip();
    }
}
