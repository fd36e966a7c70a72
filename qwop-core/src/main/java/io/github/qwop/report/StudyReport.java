package io.github.qwop.report;

import static io.github.qwop.report.Html.note;
import static io.github.qwop.report.Html.number;
import static io.github.qwop.report.Html.numbers;
import static io.github.qwop.report.Html.scrolling;
import static j2html.TagCreator.*;

import io.github.qwop.report.chart.IntervalChart;
import io.github.qwop.report.chart.Series;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.study.Importance;
import io.github.qwop.run.study.StudyFile;
import io.github.qwop.run.study.StudyFile.Seed;
import io.github.qwop.run.study.StudyFile.State;
import io.github.qwop.run.study.StudyFile.Trial;
import io.github.qwop.run.study.StudyStatistics;
import io.github.qwop.run.study.StudyStatistics.Ranked;
import io.github.qwop.statistics.Estimate;
import j2html.tags.DomContent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The report on a study: its trials over their seeds, as far as they have come. */
public final class StudyReport implements Report {

    /** Of fewer seeds a bootstrap's interval covers less than it says. */
    private static final int FEW = 10;

    private final Path folder;
    private final StudyFile study;
    private final StudyStatistics statistics;
    private final Measure measure;
    private final Verdict verdict;
    private final List<String> leftOut = new ArrayList<>();

    /** Those in colour, by the number of their colour. */
    private final List<Trial> shown;

    private StudyReport(Path folder, StudyFile study) {
        this.folder = folder;
        this.study = study;
        statistics = StudyStatistics.of(study);
        measure = Measure.of(study.objective());
        verdict = verdict();
        shown = shown();
    }

    /**
     * Reads a study.
     *
     * @param folder the study's
     * @throws SettingException if its file is damaged
     */
    public static StudyReport read(Path folder) {
        return new StudyReport(folder, StudyFile.read(folder));
    }

    private Verdict verdict() {
        if (Files.exists(folder.resolve(StudyStatistics.NAME))) {
            try {
                return Verdict.of(StudyStatistics.read(folder).gates());
            } catch (SettingException e) {
                leftOut.add(String.valueOf(e.getMessage()));
            }
        }
        return Verdict.of(List.of());
    }

    /** The best, and the reference whatever its rank; before any is finished, the first of those at work. */
    private List<Trial> shown() {
        List<String> names = new ArrayList<>(statistics.trials().stream()
                .filter(ranked -> ranked.rank() != null || hasCurve(trial(ranked.trial())))
                .limit(Series.COLOURS)
                .map(Ranked::trial)
                .toList());
        if (names.size() == Series.COLOURS && !names.contains(statistics.reference())) {
            names.set(Series.COLOURS - 1, statistics.reference());
        }
        return names.stream().map(this::trial).toList();
    }

    private static boolean hasCurve(Trial trial) {
        return trial.seeds().stream().anyMatch(seed -> !seed.curve().isEmpty());
    }

    private Trial trial(String name) {
        return study.trials().stream()
                .filter(trial -> trial.trial().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private int slot(String trial) {
        for (int slot = 0; slot < shown.size(); slot++) {
            if (shown.get(slot).trial().equals(trial)) {
                return slot;
            }
        }
        return IntervalChart.OTHERS;
    }

    @Override
    public String name() {
        return study.study();
    }

    @Override
    public String title() {
        return "QWOP study " + study.study();
    }

    @Override
    public String content() {
        StudyCharts charts = new StudyCharts(study, statistics, measure, shown, this::slot);
        return Html.text(each(
                note(ranking()),
                iff(!verdict.gates().isEmpty(), each(h2("Verdict"), verdict.html(""))),
                tiles(),
                each(leftOut, what -> note("Left out: " + what)),
                h2("Trials"),
                note(explanation()),
                table(),
                charts.html(),
                importance(charts),
                trainings()));
    }

    private String ranking() {
        return "Ranked by " + measure.name() + ". Budget: " + study.budget() + ".";
    }

    private String explanation() {
        return "IQM: interquartile mean over the seeds, the mean of the middle half. Intervals: "
                + Math.round(100 * statistics.level()) + " %, percentile bootstrap over the seeds"
                + (fewest() < FEW ? "; of so few seeds they are too narrow rather than too wide" : "")
                + ". P(better): the probability that a training is better than one of "
                + statistics.reference() + ".";
    }

    private long fewest() {
        return statistics.trials().stream()
                .filter(ranked -> ranked.rank() != null)
                .mapToInt(ranked -> ranked.scores().size())
                .min()
                .orElse(0);
    }

    private DomContent tiles() {
        Map<State, Long> states =
                study.trials().stream().collect(Collectors.groupingBy(Trial::state, Collectors.counting()));
        List<Seed> seeds =
                study.trials().stream().flatMap(trial -> trial.seeds().stream()).toList();
        Ranked best = statistics.best().orElse(null);
        return div(
                attrs(".tiles"),
                best == null || best.iqm() == null
                        ? Tiles.tile("–", "no trial is finished yet", "")
                        : Tiles.tile(
                                measure.figure(best.iqm().value()),
                                "the best trial, " + best.trial() + ", in the interquartile mean",
                                interval(best, best.iqm())),
                Tiles.tile(
                        states.getOrDefault(State.FINISHED, 0L) + " of "
                                + study.trials().size(),
                        "trials finished",
                        states.entrySet().stream()
                                .filter(state -> state.getKey() != State.FINISHED)
                                .sorted(Map.Entry.comparingByKey())
                                .map(state -> state.getValue() + " " + word(state.getKey()))
                                .collect(Collectors.joining(", "))),
                Tiles.tile(
                        Figures.of(
                                        (double) seeds.stream()
                                                .filter(seed -> seed.state() == State.FINISHED)
                                                .count(),
                                        0,
                                        "")
                                + " of " + Figures.of(seeds.size(), 0, ""),
                        "trainings finished",
                        Figures.of(seeds.stream().mapToDouble(Seed::steps).sum(), 0, "steps in all")),
                Tiles.tile(
                        Figures.time(seeds.stream().mapToDouble(Seed::seconds).sum()),
                        "wall time of all trainings together",
                        ""));
    }

    private static String word(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private DomContent table() {
        return scrolling(
                tr(
                        numbers("rank"),
                        th("trial"),
                        numbers("seeds"),
                        numbers("IQM"),
                        numbers("interval"),
                        numbers("mean"),
                        numbers("better than " + statistics.reference()),
                        numbers("interval"),
                        numbers("P(better)"),
                        th("settings")),
                each(statistics.trials(), this::row));
    }

    private DomContent row(Ranked one) {
        int slot = slot(one.trial());
        return tr(
                number(one.rank() == null ? word(one.state()) : one.rank().toString()),
                th(attrs(".whose"), iff(slot >= 0, span(attrs(".swatch.s" + slot))), text(one.trial())),
                number(one.scores().size() + " of " + one.seeds()),
                number(one.iqm() == null ? "–" : measure.figure(one.iqm().value())),
                number(one.iqm() == null ? "–" : interval(one, one.iqm())),
                number(one.mean() == null ? "–" : measure.figure(one.mean())),
                number(one.gain() == null ? "–" : measure.signed(one.gain().value())),
                number(one.gain() == null ? "" : gained(one.gain())),
                number(
                        one.improvement() == null
                                ? "–"
                                : Figures.of(one.improvement().value(), 2, "")),
                td(attrs(".words.wide"), settings(trial(one.trial()))));
    }

    private String interval(Ranked one, Estimate estimate) {
        if (estimate.interval() == null) {
            return one.seeds() > 1 ? "one score, no interval" : StudyStatistics.ONE_SEED;
        }
        return measure.range(estimate.interval(), false);
    }

    private String gained(Estimate gain) {
        return gain.interval() == null ? StudyStatistics.ONE_SEED : measure.range(gain.interval(), true);
    }

    private static String settings(Trial trial) {
        return trial.settings().isEmpty()
                ? "as declared"
                : trial.settings().entrySet().stream()
                        .map(setting -> setting.getKey() + " = " + setting.getValue())
                        .collect(Collectors.joining(", "));
    }

    private DomContent importance(StudyCharts charts) {
        if (statistics.importance().isEmpty()) {
            return each();
        }
        return each(
                h2("Settings"),
                note(
                        "The share of the scores' variance that goes with a setting's values: the correlation ratio η², each"
                                + " setting for itself. Few trials make many values look important. Dot and line: IQM and interval"
                                + " over all seeds of the trials with a value."),
                div(attrs(".charts.uneven"), each(statistics.importance(), one -> importance(one)), charts.parallel()));
    }

    private DomContent importance(Importance one) {
        List<IntervalChart.Row> rows = one.values().stream()
                .map(value -> new IntervalChart.Row(
                        value.value(),
                        measure.figure(value.iqm().value()) + ", "
                                + (value.trials() == 1 ? "1 trial" : value.trials() + " trials"),
                        IntervalChart.PLAIN,
                        List.of(),
                        measure.scaled(value.iqm())))
                .toList();
        return figure(
                figcaption(
                        b(one.setting()), em(Figures.share(one.share()) + " of the variance"), span("by its values")),
                rawHtml(new IntervalChart(one.setting(), measure.axis(), rows).svg()));
    }

    private DomContent trainings() {
        return each(
                h2("Trainings"),
                iff(
                        shown.size() < study.trials().size(),
                        note("Of the trials in colour; the others' folders lie beside theirs.")),
                scrolling(
                        tr(
                                th("training"),
                                numbers("seed"),
                                th("state"),
                                numbers("steps"),
                                numbers("wall time"),
                                numbers("score"),
                                numbers("mean distance"),
                                numbers("finished"),
                                th()),
                        each(shown, trial -> each(trial.seeds(), this::training))));
    }

    private DomContent training(Seed seed) {
        StudyFile.Evaluated evaluated = seed.evaluation();
        return tr(
                th(attrs(".whose"), seed.run()),
                number(Long.toString(seed.seed())),
                td(word(seed.state())),
                number(Figures.of((double) seed.steps(), 0, "")),
                number(Figures.time(seed.seconds())),
                number(measure.figure(orNone(seed.score()))),
                number(Figures.of(evaluated == null ? Double.NaN : evaluated.meanDistance(), 1, "m")),
                number(Figures.share(evaluated == null ? Double.NaN : evaluated.finishRate())),
                td(report(seed)));
    }

    private static double orNone(@Nullable Double figure) {
        return Objects.requireNonNullElse(figure, Double.NaN);
    }

    /** The training's own report, where there is one beside the study's. */
    private DomContent report(Seed seed) {
        Path report = new RunDirectory(folder.resolve(seed.run())).report();
        return Files.isRegularFile(report) ? a("report").withHref(seed.run() + "/" + report.getFileName()) : text("");
    }

    @Override
    public String markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("### " + Markdown.cell(title()) + ": "
                + (verdict.gates().isEmpty()
                        ? statistics
                                .best()
                                .map(best -> "best is " + best.trial())
                                .orElse("no trial is finished yet")
                        : verdict.headline()));
        lines.add("");
        Markdown.gates(lines, verdict);
        Markdown.row(
                lines,
                "rank",
                "trial",
                "seeds",
                "IQM",
                "interval",
                "mean",
                "better than " + statistics.reference(),
                "interval",
                "P(better)",
                "settings");
        Markdown.row(lines, "---:", "---", "---:", "---:", "---", "---:", "---:", "---", "---:", "---");
        for (Ranked one : statistics.trials()) {
            Markdown.row(
                    lines,
                    one.rank() == null ? word(one.state()) : one.rank().toString(),
                    one.trial(),
                    one.scores().size() + " of " + one.seeds(),
                    one.iqm() == null ? "–" : measure.figure(one.iqm().value()),
                    one.iqm() == null ? "–" : interval(one, one.iqm()),
                    one.mean() == null ? "–" : measure.figure(one.mean()),
                    one.gain() == null ? "–" : measure.signed(one.gain().value()),
                    one.gain() == null ? "" : gained(one.gain()),
                    one.improvement() == null
                            ? "–"
                            : Figures.of(one.improvement().value(), 2, ""),
                    settings(trial(one.trial())));
        }
        lines.add("");
        if (!statistics.importance().isEmpty()) {
            Markdown.row(lines, "setting", "of the variance", "values");
            Markdown.row(lines, "---", "---:", "---");
            for (Importance one : statistics.importance()) {
                Markdown.row(
                        lines,
                        one.setting(),
                        Figures.share(one.share()),
                        one.values().stream()
                                .map(value -> value.value() + ": "
                                        + measure.figure(value.iqm().value()))
                                .collect(Collectors.joining("; ")));
            }
            lines.add("");
        }
        lines.add(ranking() + " " + explanation());
        return String.join("\n", lines).strip() + "\n";
    }
}
