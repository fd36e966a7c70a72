package io.github.qwop.report.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Parallel coordinates (Inselberg, 1985): an axis for each setting and, last, for what came out; a line for each trial.
 *
 * @param title what is drawn
 * @param axes from the left, at least two
 * @param lines with a value for each axis; those without a colour of their own are drawn first
 */
public record ParallelChart(String title, List<Axis> axes, List<Line> lines) {

    private static final int APART = 112;
    private static final int MARGIN = 56;
    private static final int TOP = 34;
    private static final int BOTTOM = 190;
    private static final int HEIGHT = 204;
    private static final int Y_STEPS = 4;

    /** From this factor between the largest and the smallest value on, only a logarithmic axis tells them apart. */
    private static final double WIDE = 30;

    /** A larger number is a word. */
    private static final double MOST = 1e15;

    /** A longer name is cut. */
    private static final int LONGEST = 18;

    /** Copies. */
    public ParallelChart {
        axes = List.copyOf(axes);
        lines = List.copyOf(lines);
    }

    /**
     * An axis.
     *
     * @param name what it is of
     * @param scale where numbers lie; null if all values are words
     * @param words what stands below the numbers, or, without numbers, evenly from the top
     */
    public record Axis(String name, @Nullable Scale scale, List<String> words) {

        /** Copies the words. */
        public Axis {
            words = List.copyOf(words);
        }

        /**
         * An axis for some values: an even one, or a logarithmic one where they are far apart.
         *
         * @param values numbers and words
         */
        public static Axis of(String name, List<String> values) {
            double[] numbers = values.stream()
                    .map(Axis::number)
                    .filter(Objects::nonNull)
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            List<String> words = values.stream()
                    .filter(value -> number(value) == null)
                    .distinct()
                    .sorted()
                    .toList();
            if (numbers.length == 0) {
                return new Axis(name, null, words);
            }
            double low = numbers[0];
            double high = numbers[numbers.length - 1];
            return new Axis(
                    name,
                    low > 0 && high / low > WIDE ? Scale.logarithmic(low, high) : Scale.around(low, high, Y_STEPS),
                    words);
        }

        private static @Nullable Double number(String value) {
            try {
                double number = Double.parseDouble(value);
                return Math.abs(number) <= MOST ? number : null;
            } catch (NumberFormatException e) {
                return null;
            }
        }

        private double place(String value) {
            Double number = number(value);
            if (scale != null && number != null) {
                return floor() - scale.place(number) * (floor() - TOP);
            }
            return word(words.indexOf(value));
        }

        /** Where the numbers begin, above the words. */
        private double floor() {
            return BOTTOM - 18.0 * words.size();
        }

        private double word(int index) {
            if (scale != null) {
                return BOTTOM - 18.0 * (words.size() - 1 - index);
            }
            return words.size() == 1
                    ? (TOP + BOTTOM) / 2.0
                    : TOP + index * (double) (BOTTOM - TOP) / (words.size() - 1);
        }
    }

    /**
     * A trial.
     *
     * @param name whose line it is
     * @param slot number of its colour, or {@link IntervalChart#OTHERS}
     * @param values as the axes have them, numbers or words
     */
    public record Line(String name, int slot, List<String> values) {

        /** Copies the values. */
        public Line {
            values = List.copyOf(values);
        }
    }

    /** Width in pixels. */
    public int width() {
        return 2 * MARGIN + APART * (axes.size() - 1);
    }

    /** Draws the chart at its natural size. */
    public String svg() {
        Svg svg = new Svg(
                "parallel",
                width(),
                HEIGHT,
                title,
                description(),
                "width=\"" + width() + "\" height=\"" + HEIGHT + "\"");
        for (int i = 0; i < axes.size(); i++) {
            double at = MARGIN + i * (double) APART;
            svg.line("axis", at, TOP, at, BOTTOM)
                    .text("name", at, 14, cut(axes.get(i).name()));
        }
        // What has a colour lies above what has none, and the best above all.
        lines.stream()
                .sorted(Comparator.comparing((Line line) -> line.slot() != IntervalChart.OTHERS)
                        .thenComparing(Comparator.comparingInt(Line::slot).reversed()))
                .forEach(line -> draw(svg, line));
        for (int i = 0; i < axes.size(); i++) {
            labels(svg, axes.get(i), MARGIN + i * (double) APART);
        }
        return svg.end();
    }

    private static void labels(Svg svg, Axis axis, double at) {
        if (axis.scale() != null) {
            for (double tick : axis.scale().ticks()) {
                svg.text("label end", at, axis.place(Double.toString(tick)) + 4, Scale.label(tick));
            }
        }
        for (String word : axis.words()) {
            svg.text("label end", at, axis.place(word) + 4, cut(word));
        }
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
    }

    private void draw(Svg svg, Line line) {
        List<String> places = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            places.add(Svg.number(MARGIN + i * (double) APART) + ","
                    + Svg.number(axes.get(i).place(line.values().get(i))));
        }
        String kind = line.slot() == IntervalChart.OTHERS ? "others" : "s" + line.slot();
        svg.raw("<polyline class=\"trial " + kind + "\" points=\"" + String.join(" ", places) + "\"><title>"
                + Svg.escape(line.name()) + "</title></polyline>");
    }

    private String description() {
        List<String> sentences = new ArrayList<>();
        for (Line line : lines) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < axes.size(); i++) {
                values.add(axes.get(i).name() + " " + line.values().get(i));
            }
            sentences.add(line.name() + ": " + String.join(", ", values) + ".");
        }
        return String.join(" ", sentences);
    }
}
