package io.github.qwop.report;

import static j2html.TagCreator.*;

import io.github.qwop.report.chart.IntervalChart;
import io.github.qwop.report.chart.LineChart;
import io.github.qwop.report.chart.ParallelChart;
import io.github.qwop.report.chart.Point;
import io.github.qwop.report.chart.Series;
import io.github.qwop.run.study.Importance;
import io.github.qwop.run.study.StudyFile;
import io.github.qwop.run.study.StudyFile.State;
import io.github.qwop.run.study.StudyFile.Trial;
import io.github.qwop.run.study.StudyStatistics;
import io.github.qwop.run.study.StudyStatistics.Ranked;
import io.github.qwop.statistics.Aggregate;
import io.github.qwop.statistics.Bootstrap;
import io.github.qwop.statistics.Estimate;
import io.github.qwop.statistics.Profile;
import io.github.qwop.statistics.Scores;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * The pictures of a study: curves with bands, who reached what, performance profiles, parallel coordinates.
 *
 * @param shown the trials in colour, by the number of their colour
 * @param slot the number of a trial's colour
 */
record StudyCharts(
        StudyFile study, StudyStatistics statistics, Measure measure, List<Trial> shown, ToIntFunction<String> slot) {

    /** Thresholds of a profile: as many points as a chart draws without smoothing them. */
    private static final int THRESHOLDS = 99;

    /** A band is drawn from at most so many points. */
    private static final int MOST_POINTS = 99;

    /** More axes or rows are no longer read. */
    private static final int MOST_AXES = 8;

    private static final int MOST_ROWS = 24;

    DomContent html() {
        List<String> names = shown.stream().map(Trial::trial).toList();
        List<DomContent> figures = new ArrayList<>();
        addCurves(figures);
        addReached(figures);
        addProfiles(figures);
        return figures.isEmpty()
                ? Html.note("No training has been evaluated yet: there is nothing to draw.")
                : each(
                        h2("Over the seeds"),
                        Html.legend(names),
                        div(attrs(".charts.uneven"), each(figures, figure -> figure)));
    }

    private void addCurves(List<DomContent> figures) {
        List<Series> series = new ArrayList<>();
        List<LineChart.Band> bands = new ArrayList<>();
        double end = 0;
        for (int i = 0; i < shown.size(); i++) {
            List<Point> middle = new ArrayList<>();
            List<Point> high = new ArrayList<>();
            List<Point> low = new ArrayList<>();
            for (Map.Entry<Long, Estimate> at : curve(shown.get(i)).entrySet()) {
                Estimate estimate = at.getValue();
                middle.add(new Point(at.getKey(), estimate.value()));
                if (estimate.interval() != null) {
                    high.add(new Point(at.getKey(), estimate.interval().high()));
                    low.add(new Point(at.getKey(), estimate.interval().low()));
                }
                end = Math.max(end, at.getKey());
            }
            series.add(new Series(shown.get(i).trial(), i, middle));
            if (high.size() > 1) {
                bands.add(new LineChart.Band(i, high, low));
            }
        }
        if (end > 0) {
            LineChart chart = new LineChart(
                    "Distance in evaluations",
                    "m",
                    "environment steps",
                    end,
                    LineChart.Range.FROM_ZERO,
                    bands,
                    series,
                    List.of(),
                    List.of());
            figures.add(figure(
                    figcaption(
                            b("Distance in evaluations"),
                            span(
                                    "line: IQM over the seeds; band: its interval; as far as all seeds of a trial have come")),
                    rawHtml(chart.svg())));
        }
    }

    /** The interquartile mean at each number of steps that all of a trial's trainings have reached. */
    private static Map<Long, Estimate> curve(Trial trial) {
        TreeMap<Long, List<Double>> bySteps = new TreeMap<>();
        trial.seeds().forEach(seed -> seed.curve()
                .forEach(point -> bySteps.computeIfAbsent(point.steps(), steps -> new ArrayList<>())
                        .add(point.distance())));
        bySteps.values().removeIf(distances -> distances.size() < trial.seeds().size());
        int stride = (bySteps.size() + MOST_POINTS - 1) / MOST_POINTS;
        Map<Long, Estimate> curve = new TreeMap<>();
        int left = bySteps.size();
        for (Map.Entry<Long, List<Double>> at : bySteps.entrySet()) {
            left--;
            if (left % stride == 0) {
                curve.put(
                        at.getKey(), Bootstrap.DRAWN.estimate(Aggregate.INTERQUARTILE_MEAN, scores(at.getValue(), 1)));
            }
        }
        return curve;
    }

    private static Scores scores(List<Double> values, double factor) {
        return Scores.of(values.stream().mapToDouble(value -> factor * value).toArray());
    }

    private void addReached(List<DomContent> figures) {
        List<IntervalChart.Row> rows = new ArrayList<>();
        for (Ranked one : statistics.trials()) {
            if (one.iqm() != null && rows.size() < MOST_ROWS) {
                rows.add(new IntervalChart.Row(
                        one.trial(),
                        measure.figure(one.iqm().value()),
                        slot.applyAsInt(one.trial()),
                        one.scores().stream()
                                .map(score -> measure.factor() * score)
                                .toList(),
                        measure.scaled(one.iqm())));
            }
        }
        if (!rows.isEmpty()) {
            figures.add(figure(
                    figcaption(
                            b("What the trials reached"),
                            span("large dot and line: IQM and its interval; small dots: the seeds"
                                    + (rows.size() < statistics.trials().size()
                                            ? "; " + rows.size() + " of "
                                                    + statistics.trials().size() + " trials"
                                            : ""))),
                    rawHtml(new IntervalChart("What the trials reached", measure.axis(), rows).svg())));
        }
    }

    private void addProfiles(List<DomContent> figures) {
        double most = shown.stream()
                .flatMap(trial -> ranked(trial).scores().stream())
                .mapToDouble(score -> measure.factor() * score)
                .max()
                .orElse(0);
        if (most <= 0) {
            return;
        }
        List<Series> series = new ArrayList<>();
        List<LineChart.Band> bands = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            List<Double> reached = ranked(shown.get(i)).scores();
            if (!reached.isEmpty()) {
                addProfile(series, bands, i, reached, most);
            }
        }
        String what = study.higherIsBetter() ? "above" : "below";
        LineChart chart = new LineChart(
                "Performance profile",
                "%",
                "threshold: " + measure.axis(),
                most,
                LineChart.Range.FROM_ZERO,
                bands,
                series,
                List.of(),
                List.of());
        figures.add(figure(
                figcaption(
                        b("Performance profile"),
                        span("share of a trial's trainings that end " + what
                                + " the threshold; the higher, the better")),
                rawHtml(chart.svg())));
    }

    private void addProfile(
            List<Series> series, List<LineChart.Band> bands, int slot, List<Double> reached, double most) {
        // Of less is better, the share below is the share above with all signs turned.
        double sign = study.higherIsBetter() ? 1 : -1;
        double[] thresholds = new double[THRESHOLDS];
        for (int i = 0; i < THRESHOLDS; i++) {
            thresholds[i] = sign * most * i / (THRESHOLDS - 1);
        }
        List<Point> shares = new ArrayList<>();
        List<Point> high = new ArrayList<>();
        List<Point> low = new ArrayList<>();
        for (Profile.At at : Bootstrap.DRAWN
                .profile(scores(reached, sign * measure.factor()), thresholds)
                .points()) {
            double x = sign * at.threshold();
            shares.add(new Point(x, 100 * at.share()));
            if (at.band() != null) {
                high.add(new Point(x, 100 * at.band().high()));
                low.add(new Point(x, 100 * at.band().low()));
            }
        }
        series.add(new Series(shown.get(slot).trial(), slot, shares));
        if (!high.isEmpty()) {
            bands.add(new LineChart.Band(slot, high, low));
        }
    }

    private Ranked ranked(Trial trial) {
        return statistics.trials().stream()
                .filter(one -> one.trial().equals(trial.trial()))
                .findFirst()
                .orElseThrow();
    }

    /** Parallel coordinates, where several settings were tried. */
    DomContent parallel() {
        List<String> settings = statistics.importance().stream()
                .map(Importance::setting)
                .limit(MOST_AXES - 1L)
                .toList();
        List<Ranked> finished = statistics.trials().stream()
                .filter(one -> one.state() == State.FINISHED && one.iqm() != null)
                .toList();
        if (settings.size() < 2 || finished.size() < 2) {
            return each();
        }
        List<ParallelChart.Axis> axes = new ArrayList<>();
        List<List<String>> columns = new ArrayList<>();
        for (String setting : settings) {
            List<String> column = finished.stream()
                    .map(one -> study.trials().stream()
                            .filter(trial -> trial.trial().equals(one.trial()))
                            .findFirst()
                            .map(trial -> trial.settings().getOrDefault(setting, "default"))
                            .orElseThrow())
                    .toList();
            columns.add(column);
            axes.add(ParallelChart.Axis.of(setting.substring(setting.lastIndexOf('.') + 1), column));
        }
        List<String> reached = finished.stream()
                .map(one -> one.iqm() == null
                        ? ""
                        : Double.toString(measure.factor() * one.iqm().value()))
                .toList();
        columns.add(reached);
        axes.add(ParallelChart.Axis.of("IQM, " + measure.unit(), reached));
        List<ParallelChart.Line> lines = new ArrayList<>();
        for (int i = 0; i < finished.size(); i++) {
            int row = i;
            String trial = finished.get(i).trial();
            lines.add(new ParallelChart.Line(
                    trial,
                    slot.applyAsInt(trial),
                    columns.stream().map(column -> column.get(row)).toList()));
        }
        return figure(
                attrs(".wide"),
                figcaption(
                        b("Parallel coordinates"),
                        span("a line for each finished trial, through the values that it has")),
                div(attrs(".sideways"), rawHtml(new ParallelChart("Parallel coordinates", axes, lines).svg())));
    }
}
