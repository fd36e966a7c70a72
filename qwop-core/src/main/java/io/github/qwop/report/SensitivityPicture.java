package io.github.qwop.report;

import static io.github.qwop.report.Html.*;
import static j2html.TagCreator.*;

import com.google.gson.JsonObject;
import io.github.qwop.report.chart.LineChart;
import io.github.qwop.report.chart.Point;
import io.github.qwop.report.chart.Series;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The section on what is left of a policy whose keys come late, unevenly, or not at all. */
final class SensitivityPicture {

    /** What is drawn over updates, by setting. */
    private static final Map<String, String> TIMES =
            new TreeMap<>(Map.of("keyDelay", "delay", "keyJitter", "jitter, ±"));

    private static final String FINISHED = "Share of finished episodes over delay and jitter of the keys";

    private SensitivityPicture() {}

    static DomContent html(List<ReportedRun> runs) {
        List<ReportedRun> told =
                runs.stream().filter(run -> !points(run).isEmpty()).toList();
        return told.isEmpty()
                ? each()
                : each(
                        h2("Sensitivity"),
                        told.size() > 1 ? beside(told) : each(),
                        each(told, run -> each(Html.name(runs, run), content(run))));
    }

    /** What {@code sensitivity.json} says of each disturbance; nothing where there is none. */
    static List<JsonObject> points(ReportedRun run) {
        JsonObject told = run.sensitivity();
        return told == null
                ? List.of()
                : ReportedRun.list(told, "points").stream()
                        .filter(point -> Double.isFinite(ReportedRun.number(point, "value"))
                                && Double.isFinite(ReportedRun.number(point, "finishRate")))
                        .toList();
    }

    /** A disturbance as people read it. */
    static String label(JsonObject point) {
        String setting = ReportedRun.text(point, "setting");
        double value = ReportedRun.number(point, "value");
        if (value == 0) {
            return "keys at once";
        }
        String updates = Figures.of(value, 0, "") + (value == 1 ? " update" : " updates");
        return switch (setting) {
            case "keyDelay" -> updates + " late";
            case "keyJitter" -> "up to " + updates + " uneven";
            case "dropped" -> Figures.share(value) + " of decisions lost";
            default -> setting + " " + value;
        };
    }

    private static DomContent content(ReportedRun run) {
        List<JsonObject> points = points(run);
        JsonObject told = run.sensitivity();
        JsonObject slips = told != null && told.get("slips") instanceof JsonObject object ? object : new JsonObject();
        return each(
                note(episodes(points) + "The same starts each time, with one disturbance of the keys and no other."),
                div(attrs(".halves"), table(points), div(overTime(points), apart(slips))));
    }

    /** How many were played under each disturbance, as a sentence; nothing if that is not told. */
    private static String episodes(List<JsonObject> points) {
        double episodes = ReportedRun.number(points.get(0), "episodes");
        return Double.isNaN(episodes)
                ? ""
                : Figures.of(episodes, 0, episodes == 1 ? "episode" : "episodes") + " a row. ";
    }

    private static DomContent table(List<JsonObject> points) {
        return scrolling(
                tr(th("keys"), numbers("finished"), numbers("mean finish"), numbers("fastest"), numbers("mean")),
                points.stream()
                        .map(point -> tr(
                                th(label(point)),
                                number(Figures.share(ReportedRun.number(point, "finishRate"))),
                                number(Figures.of(ReportedRun.number(point, "meanFinishSeconds"), 1, "s")),
                                number(Figures.of(ReportedRun.number(point, "bestFinishSeconds"), 1, "s")),
                                number(Figures.of(ReportedRun.number(point, "meanDistance"), 1, "m"))))
                        .toArray(DomContent[]::new));
    }

    private static DomContent overTime(List<JsonObject> points) {
        List<Series> series = new ArrayList<>();
        TIMES.forEach((setting, name) -> add(series, name, curve(points, setting, "finishRate", 100)));
        return drawn("Finished", "share of episodes over delay and jitter", FINISHED, "%", series);
    }

    /** Several policies under the same disturbance. */
    private static DomContent beside(List<ReportedRun> runs) {
        List<Series> finished = new ArrayList<>();
        List<Series> metres = new ArrayList<>();
        for (ReportedRun run : runs) {
            add(finished, run.name(), curve(points(run), "keyDelay", "finishRate", 100));
            add(metres, run.name(), curve(points(run), "keyDelay", "meanDistance", 1));
        }
        return div(
                attrs(".halves"),
                drawn(
                        "Finished",
                        "share of episodes over delay",
                        "Share of finished episodes over the delay of keys, by run",
                        "%",
                        finished),
                drawn(
                        "Mean distance",
                        "metres over delay",
                        "Mean distance over the delay of keys, by run",
                        "m",
                        metres));
    }

    private static List<Point> curve(List<JsonObject> points, String setting, String figure, double factor) {
        List<Point> curve = new ArrayList<>();
        for (JsonObject point : points) {
            double value = ReportedRun.number(point, "value");
            double reached = factor * ReportedRun.number(point, figure);
            if (Double.isFinite(reached)
                    && (value == 0 || ReportedRun.text(point, "setting").equals(setting))) {
                curve.add(new Point(value, reached));
            }
        }
        return curve;
    }

    private static void add(List<Series> series, String name, List<Point> curve) {
        if (curve.size() > 1) {
            series.add(new Series(name, series.size(), curve));
        }
    }

    private static DomContent drawn(String title, String what, String label, String unit, List<Series> series) {
        double end = series.stream()
                .flatMap(one -> one.points().stream())
                .mapToDouble(Point::x)
                .max()
                .orElse(1);
        return series.isEmpty()
                ? each()
                : picture(
                        title,
                        what,
                        new LineChart(
                                label, unit, "updates", end, LineChart.Range.FROM_ZERO, series, List.of(), List.of()));
    }

    private static DomContent apart(JsonObject slips) {
        List<Point> median = new ArrayList<>();
        List<Point> high = new ArrayList<>();
        for (JsonObject gap : ReportedRun.list(slips, "gaps")) {
            double seconds = ReportedRun.number(gap, "seconds");
            double middle = ReportedRun.number(gap, "median");
            double most = ReportedRun.number(gap, "high");
            if (Double.isFinite(seconds) && Double.isFinite(middle) && Double.isFinite(most)) {
                median.add(new Point(seconds, middle));
                high.add(new Point(seconds, most));
            }
        }
        if (median.isEmpty()) {
            return each();
        }
        return picture(
                "One slip",
                String.format(
                        Locale.ROOT,
                        "metres between play with and without one change of keys an update late; with it %s of %s"
                                + " episodes finish, without it %s",
                        Figures.share(ReportedRun.number(slips, "finishRateSlipped")),
                        Figures.of(ReportedRun.number(slips, "episodes"), 0, ""),
                        Figures.share(ReportedRun.number(slips, "finishRate"))),
                new LineChart(
                        "Metres between play with and without a slip",
                        "m",
                        "seconds since the slip",
                        median.get(median.size() - 1).x(),
                        LineChart.Range.FROM_ZERO,
                        List.of(new Series("median", 0, median), new Series("nine of ten are nearer", 1, high)),
                        List.of(),
                        List.of()));
    }

    private static DomContent picture(String title, String what, LineChart chart) {
        return figure(
                figcaption(
                        b(title),
                        span(what),
                        legend(chart.series().stream().map(Series::name).toList())),
                rawHtml(chart.svg()));
    }
}
