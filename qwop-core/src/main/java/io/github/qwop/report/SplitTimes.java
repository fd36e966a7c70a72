package io.github.qwop.report;

import static io.github.qwop.report.Html.note;
import static io.github.qwop.report.Html.number;
import static io.github.qwop.report.Html.numbers;
import static io.github.qwop.report.Html.scrolling;
import static j2html.TagCreator.*;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.qwop.game.Units;
import io.github.qwop.play.Splits;
import io.github.qwop.report.chart.LineChart;
import io.github.qwop.report.chart.Point;
import io.github.qwop.report.chart.Series;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The section on times: when each ten metres were passed, beside the human record, and the lead over distance. */
final class SplitTimes {

    private SplitTimes() {}

    /** Splits of all runs by what to call them, those of the first run's best episode first. */
    static Map<String, Splits> of(List<ReportedRun> runs) {
        Map<String, Splits> all = new LinkedHashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            ReportedRun run = runs.get(i);
            String prefix = runs.size() > 1 ? run.name() + ", " : "";
            for (Best best : run.best()) {
                if (best.played() != null) {
                    all.put(
                            prefix + (best.what().equals(Best.FOUND) ? "found by search" : "best"),
                            best.played().splits());
                }
            }
            JsonObject evaluation = run.evaluation();
            if (i == 0 && evaluation != null && evaluation.get("splits") instanceof JsonObject told) {
                for (String name : List.of("finished, mean", "best segments")) {
                    all.put(prefix + name, told(told.get(name)));
                }
            }
        }
        all.values().removeIf(splits -> splits.seconds().isEmpty());
        return all;
    }

    /** Splits as a file tells them; none if it does not. */
    static Splits told(@Nullable JsonElement list) {
        List<Double> seconds = new ArrayList<>();
        if (list != null && list.isJsonArray()) {
            for (JsonElement one : list.getAsJsonArray()) {
                if (seconds.size() < Splits.COUNT && one.isJsonPrimitive()) {
                    seconds.add(ReportedRun.numeral(one.getAsString()));
                }
            }
        }
        return seconds.stream().allMatch(Double::isFinite) ? new Splits(seconds) : Splits.NONE;
    }

    static DomContent html(List<ReportedRun> runs) {
        Map<String, Splits> all = of(runs);
        if (all.isEmpty()) {
            return each();
        }
        List<String> names = List.copyOf(all.keySet());
        return each(
                h2("Times"),
                note(
                        "Seconds of play: 10 to 90 m by the clock as the torso passes, the finish by the clock at a landing"
                                + " that counts. Ahead by: how much sooner than the record that of the first column was."
                                + (names.contains("best segments")
                                        ? " Best segments: the fastest of each ten metres in any episode, put together."
                                        : "")),
                div(attrs(".halves"), table(names, all), chart(names.subList(0, Math.min(names.size(), most())), all)));
    }

    /** The last colour is the record's. */
    private static int most() {
        return Series.COLOURS - 1;
    }

    private static DomContent table(List<String> names, Map<String, Splits> all) {
        Splits first = all.getOrDefault(names.get(0), Splits.NONE);
        List<DomContent> rows = new ArrayList<>();
        for (int i = 0; i < Splits.COUNT; i++) {
            int split = i;
            rows.add(tr(
                    th(split == Splits.COUNT - 1 ? "finish" : (split + 1) * Splits.METRES + " m"),
                    each(names, name -> cell(all.getOrDefault(name, Splits.NONE).seconds(), split, false)),
                    cell(Splits.human().seconds(), split, false),
                    cell(first.ahead(), split, true)));
        }
        return scrolling(
                tr(th(), each(names, Html::numbers), numbers("human record"), numbers("ahead by")),
                rows.toArray(DomContent[]::new));
    }

    private static DomContent cell(List<Double> figures, int index, boolean signed) {
        double value = index < figures.size() ? figures.get(index) : Double.NaN;
        return number(signed ? Figures.signed(value, 2, "") : Figures.of(value, 2, ""));
    }

    private static DomContent chart(List<String> names, Map<String, Splits> all) {
        List<Series> series = new ArrayList<>();
        for (String name : names) {
            series.add(new Series(name, series.size(), points(all.getOrDefault(name, Splits.NONE))));
        }
        series.add(new Series("human record", series.size(), points(Splits.human())));
        LineChart chart = new LineChart(
                "Ahead of the human record",
                "s",
                "metres",
                Units.FINISH,
                LineChart.Range.FREE,
                series,
                List.of(),
                List.of());
        return figure(
                figcaption(
                        b("Ahead and behind"),
                        span("seconds ahead of the human record over distance; below 0 behind it"),
                        ul(
                                attrs(".legend"),
                                each(series, one -> li(span(attrs(".swatch.s" + one.slot())), text(one.name()))))),
                div(rawHtml(chart.svg())));
    }

    private static List<Point> points(Splits splits) {
        List<Point> points = new ArrayList<>();
        points.add(new Point(0, 0));
        List<Double> ahead = splits.ahead();
        for (int i = 0; i < ahead.size(); i++) {
            points.add(new Point((i + 1.0) * Splits.METRES, ahead.get(i)));
        }
        return points;
    }
}
