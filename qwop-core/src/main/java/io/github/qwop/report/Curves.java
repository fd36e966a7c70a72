package io.github.qwop.report;

import static io.github.qwop.report.Html.note;
import static j2html.TagCreator.*;

import io.github.qwop.game.Units;
import io.github.qwop.metric.Metric;
import io.github.qwop.report.chart.LineChart;
import io.github.qwop.report.chart.LineChart.Range;
import io.github.qwop.report.chart.Point;
import io.github.qwop.report.chart.Series;
import io.github.qwop.run.metrics.MetricsLog;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The section on the learning curves: one chart per figure, all runs in each, over environment steps and over wall
 * time.
 */
final class Curves {

    private static final String TITLE = "Learning curves";
    private static final double PER_CENT = 100;

    /** qwop-gym's {@code avgspeed} counts its time in tens of seconds of play. */
    private static final double METRES_PER_SECOND = 1 / Units.SECONDS_PER_TIME;

    private static final double MINUTE = 60;
    private static final double HOUR = 3600;
    private static final String EVALUATED = "eval/distance";

    /** What every training has, whatever learns. */
    private static final List<Chart> COMMON = List.of(
            new Chart("Distance", "user/distance", "m", 1, Range.FROM_ZERO, "mean of the last 100 training episodes"),
            new Chart("Distance in evaluations", EVALUATED, "m", 1, Range.FROM_ZERO, "greedy policy, varied starts"),
            new Chart(
                    "Speed",
                    "user/avgspeed",
                    "m/s",
                    METRES_PER_SECOND,
                    Range.FROM_ZERO,
                    "metres per second of play, last 100 training episodes"),
            new Chart(
                    "Finish rate",
                    ReportedRun.FINISHED,
                    "%",
                    PER_CENT,
                    Range.FROM_ZERO,
                    "of the last 100 training episodes"),
            new Chart(
                    "Reward", "rollout/ep_rew_mean", "", 1, Range.FREE, "sum per episode, last 100 training episodes"),
            new Chart(
                    "Episode length", "rollout/ep_len_mean", "steps", 1, Range.FROM_ZERO, "last 100 training episodes"),
            new Chart(
                    "Overestimation",
                    "eval/value_bias",
                    "",
                    1,
                    Range.FROM_ZERO,
                    "estimated return of a start less the realised one, in evaluations"),
            new Chart(
                    "Throughput",
                    "time/fps",
                    "steps/s",
                    1,
                    Range.FROM_ZERO,
                    "environment steps per second of wall time"));

    private record Chart(String title, String metric, String unit, double factor, Range range, String explanation) {}

    private final List<ReportedRun> runs;
    private final List<Chart> charts;

    Curves(List<ReportedRun> runs) {
        this.runs = runs;
        charts = Stream.concat(
                        COMMON.stream(),
                        runs.stream()
                                .flatMap(run -> run.algorithm().stream())
                                .flatMap(algorithm -> algorithm.metrics().stream())
                                .distinct()
                                .map(Curves::chart))
                .filter(this::isKnown)
                .toList();
    }

    private static Chart chart(Metric metric) {
        Range range =
                switch (metric.axis()) {
                    case FROM_ZERO -> Range.FROM_ZERO;
                    case FREE -> Range.FREE;
                    case LOGARITHMIC -> Range.LOGARITHMIC;
                };
        return new Chart(metric.title(), metric.name(), "", 1, range, metric.explanation());
    }

    /** The section of the report. */
    DomContent html() {
        List<String> without = runs.stream()
                .filter(run -> run.rows().isEmpty())
                .map(ReportedRun::name)
                .toList();
        if (without.size() == runs.size()) {
            return each(
                    h2(TITLE),
                    note("There are no metrics yet: " + MetricsLog.JSON_LINES + " holds no row. Train longer than"
                            + " one logInterval."));
        }
        return each(
                h2(TITLE),
                choice("qwop-x-steps", "over steps", true),
                choice("qwop-x-time", "over wall time", false),
                iff(
                        runs.size() > 1,
                        Html.legend(runs.stream().map(ReportedRun::name).toList())),
                iff(!without.isEmpty(), note("No metrics yet: " + String.join(", ", without) + ".")),
                note("Thin: the values as logged. Thick: their centred moving mean over a fiftieth of the run."
                        + (marked() ? " Dashed with a triangle: the collapse guard acted." : "")
                        + (runs.stream().anyMatch(run -> run.bestRow() != null) ? " Dot: the best checkpoint." : "")),
                charts());
    }

    private static DomContent choice(String id, String label, boolean chosen) {
        return each(
                input().withType("radio").withName("qwop-x").withId(id).condAttr(chosen, "checked", "checked"),
                label(label).withFor(id));
    }

    private boolean marked() {
        return runs.stream().anyMatch(run -> !run.events().isEmpty());
    }

    private DomContent charts() {
        String missing = COMMON.stream()
                .filter(chart -> !isKnown(chart))
                .map(chart -> chart.title + " (" + chart.metric + ")")
                .collect(Collectors.joining(", "));
        return each(
                div(attrs(".charts"), each(charts.stream().map(this::both))),
                iff(!missing.isEmpty(), note("Not in the metrics: " + missing + ".")));
    }

    private boolean isKnown(Chart chart) {
        return runs.stream().anyMatch(run -> !run.curve(chart.metric, 1).isEmpty());
    }

    /** A chart over steps and over time; the style sheet shows one of them. */
    private DomContent both(Chart chart) {
        return figure(
                figcaption(b(chart.title), text(" "), last(chart), span(chart.explanation)),
                div(attrs(".by-steps"), rawHtml(chart(chart, false).svg())),
                div(attrs(".by-time"), rawHtml(chart(chart, true).svg())));
    }

    /** With one run, its last value stands beside the title. */
    private DomContent last(Chart chart) {
        List<Point> points = runs.get(0).curve(chart.metric, chart.factor);
        if (runs.size() > 1 || points.isEmpty()) {
            return text("");
        }
        double value = points.get(points.size() - 1).y();
        String figure = Math.abs(value) < 1 && value != 0
                ? new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(2))
                        .stripTrailingZeros()
                        .toPlainString()
                : Figures.of(value, Math.abs(value) < PER_CENT ? 1 : 0, "");
        return em("last " + (figure + " " + chart.unit).strip());
    }

    private LineChart chart(Chart chart, boolean overTime) {
        double steps = runs.stream().mapToDouble(ReportedRun::steps).max().orElse(0);
        double seconds = runs.stream().mapToDouble(ReportedRun::elapsed).max().orElse(0);
        double unit = seconds < 2 * MINUTE ? 1 : seconds < 2 * HOUR ? MINUTE : HOUR;
        String unitName = seconds < 2 * MINUTE ? "seconds" : seconds < 2 * HOUR ? "minutes" : "hours";
        List<Series> series = new ArrayList<>();
        List<LineChart.Mark> marks = new ArrayList<>();
        List<LineChart.Dot> dots = new ArrayList<>();
        for (int slot = 0; slot < runs.size(); slot++) {
            ReportedRun run = runs.get(slot);
            DoubleUnaryOperator x = at -> overTime ? run.elapsedAt(at) / unit : at;
            List<Point> points = run.curve(chart.metric, chart.factor).stream()
                    .map(point -> new Point(x.applyAsDouble(point.x()), point.y()))
                    .toList();
            series.add(new Series(run.name(), slot, points));
            for (ReportedRun.Event event : run.events()) {
                marks.add(new LineChart.Mark(
                        x.applyAsDouble(event.steps()), slot, "collapse guard: " + event.seen() + "; " + event.done()));
            }
            Map<String, Double> best = run.bestRow();
            if (best != null && chart.metric.equals(EVALUATED)) {
                double metres = best.getOrDefault(EVALUATED, 0.0);
                dots.add(new LineChart.Dot(
                        x.applyAsDouble(best.getOrDefault(MetricsLog.STEPS, 0.0)),
                        metres,
                        slot,
                        "best checkpoint: " + Figures.of(metres, 1, "m")));
            }
        }
        return new LineChart(
                chart.title,
                chart.unit,
                overTime ? unitName + " of training" : "environment steps",
                overTime ? seconds / unit : steps,
                chart.range,
                series,
                marks,
                dots);
    }
}
