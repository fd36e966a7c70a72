package io.github.qwop.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.report.Markup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ChartTest {

    private static LineChart chart(List<Series> series, List<LineChart.Mark> marks) {
        return new LineChart(
                "A <title> & more", "m", "steps", 100, LineChart.Range.FROM_ZERO, series, marks, List.of());
    }

    @Test
    void aBandLiesBetweenItsTwoCurves() {
        LineChart chart = new LineChart(
                "Where",
                "m",
                "seconds",
                2,
                LineChart.Range.FROM_ZERO,
                List.of(new LineChart.Band(
                        3, List.of(new Point(0, 4), new Point(1, 8)), List.of(new Point(0, 0), new Point(1, 4)))),
                List.of(new Series("a", 0, List.of(new Point(0, 1)))),
                List.of(),
                List.of());
        // x: 46 to 370 for 0 to 2; y: 176 to 20 for 0 to 8. Forth along the upper end and back along the lower.
        assertThat(chart.svg()).contains("<polygon class=\"band s3\" points=\"46,98 208,20 208,98 46,176\"/>");
    }

    @Test
    void pointsLieWhereTheAxesSay() {
        Series line = new Series("run", 0, List.of(new Point(0, 0), new Point(50, 60), new Point(100, 120)));
        Document svg = Markup.parse(chart(List.of(line), List.of()).svg());
        Element smooth = Markup.withClass(svg, "polyline", "smooth").get(0);
        // x: 46 to 370 for 0 to 100; y: 176 to 20 for 0 to 120.
        assertThat(smooth.getAttribute("points")).isEqualTo("46,176 208,98 370,20");
        assertThat(Markup.withClass(svg, "text", "y"))
                .extracting(Element::getTextContent)
                .containsExactly("0", "20", "40", "60", "80", "100", "120");
        assertThat(svg.getDocumentElement().getAttribute("aria-label"))
                .startsWith("A <title> & more. run: 0 m at the beginning, 120 m at 100 steps, highest 120 m at 100.");
    }

    @Test
    void eachRunHasItsColourAndItsMarks() {
        List<Series> two = List.of(
                new Series("a", 0, List.of(new Point(0, 1), new Point(100, 2))),
                new Series("b", 1, List.of(new Point(0, 3), new Point(100, 4))));
        Document svg = Markup.parse(chart(two, List.of(new LineChart.Mark(25, 1, "fell to 2 m & stopped")))
                .svg());
        assertThat(Markup.withClass(svg, "polyline", "smooth"))
                .extracting(line -> line.getAttribute("data-name"))
                .containsExactly("a", "b");
        Element mark = Markup.withClass(svg, "g", "mark").get(0);
        assertThat(mark.getAttribute("class")).isEqualTo("mark s1");
        assertThat(mark.getTextContent()).isEqualTo("fell to 2 m & stopped");
        assertThat(((Element) mark.getElementsByTagName("line").item(0)).getAttribute("x1"))
                .isEqualTo("127");
    }

    @Test
    void aLossOverManyPowersOfTenHasALogarithmicAxis() {
        List<Point> points = List.of(new Point(0, 1000), new Point(50, 10), new Point(100, 0.1));
        LineChart loss = new LineChart(
                "Loss",
                "",
                "steps",
                100,
                LineChart.Range.LOGARITHMIC,
                List.of(new Series("run", 0, points)),
                List.of(),
                List.of());
        Document svg = Markup.parse(loss.svg());
        assertThat(Markup.withClass(svg, "polyline", "smooth").get(0).getAttribute("points"))
                .isEqualTo("46,20 208,98 370,176");
        assertThat(Markup.withClass(svg, "text", "unit").get(0).getTextContent())
                .isEqualTo("logarithmic");
    }

    /** As damaged metrics name one. */
    @Test
    void whatHasNoPlaceOnALogarithmicAxisIsLeftOut() {
        LineChart loss = new LineChart(
                "Loss",
                "",
                "steps",
                100,
                LineChart.Range.LOGARITHMIC,
                List.of(new Series("run", 0, List.of(new Point(0, 0.001), new Point(100, 1000)))),
                List.of(),
                List.of(new LineChart.Dot(50, -1, 0, "none"), new LineChart.Dot(50, 1, 0, "one")));
        assertThat(loss.svg()).contains(">one<").doesNotContain(">none<");
    }

    @Property
    void axesHoldTheirValuesAndHaveFewRoundTicks(
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double a,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double b) {
        double low = Math.min(a, b);
        double high = Math.max(a, b);
        Scale scale = Scale.around(low, high, 6);
        double slack = 1e-6 * (scale.max() - scale.min());
        assertThat(scale.min()).isLessThanOrEqualTo(low + slack);
        assertThat(scale.max()).isGreaterThanOrEqualTo(high - slack);
        assertThat(scale.ticks()).hasSizeBetween(2, 9);
        assertThat(scale.place(scale.min())).isZero();
        assertThat(scale.place(scale.max())).isEqualTo(1);
    }

    @Test
    void valuesThatDifferInTheirLastDigitsHaveAnAxis() {
        Scale scale = Scale.around(94.99999999999999, 95.0, 6);
        assertThat(scale.min()).isLessThanOrEqualTo(95);
        assertThat(scale.max()).isGreaterThan(scale.min() + 1).isGreaterThanOrEqualTo(95);
        assertThat(scale.place(95)).isBetween(0.0, 1.0);
    }

    @ParameterizedTest
    @CsvSource({"0, 4.9e-324", "1e300, 1e300", "-1e300, -1e300", "0, 1e300", "5, 5"})
    void anAxisEndsWhateverItsValues(double low, double high) {
        for (Scale scale : List.of(Scale.exactly(low, high, 6), Scale.around(low, high, 6))) {
            assertThat(scale.max()).isGreaterThan(scale.min());
            assertThat(scale.ticks()).hasSizeLessThan(20);
        }
    }

    @Test
    void labelsAreShort() {
        assertThat(List.of(0.0, 0.001, 0.30000000000000004, 1000.0, 20_000.0, 2_500_000.0, -50.0))
                .extracting(Scale::label)
                .containsExactly("0", "0.001", "0.3", "1000", "20 k", "2.5 M", "-50");
    }

    @Test
    void aMeanKeepsASlopeAndCalmsNoise() {
        List<Point> slope = new ArrayList<>();
        List<Point> noise = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            slope.add(new Point(i, 2 * i));
            noise.add(new Point(i, i % 2));
        }
        List<Point> mean = Smoothing.mean(slope);
        for (int i = 0; i < 500; i++) {
            assertThat(mean.get(i).y()).isCloseTo(2 * i, within(1e-9));
        }
        assertThat(Smoothing.mean(noise).subList(20, 480))
                .allSatisfy(point -> assertThat(point.y()).isBetween(0.4, 0.6));
    }

    @Test
    void thinningKeepsTheExtremes() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            points.add(new Point(i, i == 1234 ? -7 : i == 8765 ? 9 : 0));
        }
        assertThat(Smoothing.extremes(points, 400))
                .hasSizeLessThanOrEqualTo(400)
                .contains(new Point(1234, -7), new Point(8765, 9))
                .isSortedAccordingTo((p, q) -> Double.compare(p.x(), q.x()));
        assertThat(Smoothing.every(points, 240)).hasSizeLessThanOrEqualTo(240).endsWith(new Point(9999, 0));
    }

    @Test
    void binsCountEveryValueOnce() {
        List<Double> values = List.of(0.0, 0.5, 4.99, 5.0, 99.0, 100.0, 101.0);
        List<Boolean> finished = List.of(false, false, false, false, false, true, true);
        Histogram histogram = new Histogram("Distances", "m", "episodes", values, finished, "finished", List.of());
        // 101 m in about 22 bins: 5 m each.
        assertThat(histogram.bins())
                .hasSize(21)
                .startsWith(new Histogram.Bin(0, 5, 3, 0), new Histogram.Bin(5, 10, 1, 0))
                .endsWith(new Histogram.Bin(95, 100, 1, 0), new Histogram.Bin(100, 105, 2, 2));
        Document svg = Markup.parse(histogram.svg());
        assertThat(Markup.withClass(svg, "rect", "bar")).hasSize(4);
        assertThat(svg.getDocumentElement().getAttribute("aria-label")).contains("100 to 105: 2, 2 finished;");
    }

    /** Which is what a line over the text of another's label would be. */
    @Property
    void noLineStrikesALabelThrough(
            @ForAll @DoubleRange(min = 0, max = 100) double mean,
            @ForAll @DoubleRange(min = 0, max = 100) double median) {
        Histogram histogram = new Histogram(
                "",
                "",
                "",
                List.of(0.0, 100.0),
                List.of(false, false),
                "",
                List.of(new Histogram.Line(mean, "mean 12.34 m"), new Histogram.Line(median, "median 12.34 m")));
        Document svg = Markup.parse(histogram.svg());
        for (Element label : Markup.withClass(svg, "text", "label")) {
            boolean ends = label.getAttribute("class").contains("end");
            double at = number(label, "x") + (ends ? -4 : 4);
            double width = 6 * label.getTextContent().length();
            double from = ends ? at - width : at;
            assertThat(from).isBetween(-4.0, 384 - width);
            for (Element line : Markup.withClass(svg, "line", "line")) {
                boolean isOver = number(line, "x1") > from && number(line, "x1") < from + width;
                assertThat(isOver && number(line, "y1") < number(label, "y")).isFalse();
            }
        }
    }

    private static double number(Element element, String name) {
        return Double.parseDouble(element.getAttribute(name));
    }

    @Property
    void binsLoseNothing(@ForAll List<@DoubleRange(min = -10, max = 105) Double> values) {
        if (values.isEmpty()) {
            return;
        }
        Histogram histogram =
                new Histogram("", "", "", values, Collections.nCopies(values.size(), true), "", List.of());
        assertThat(histogram.bins().stream().mapToInt(Histogram.Bin::count).sum())
                .isEqualTo(values.size());
        assertThat(histogram.bins()).hasSizeBetween(1, 60);
    }
}
