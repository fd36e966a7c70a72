package io.github.qwop.report;

import static io.github.qwop.report.Html.name;
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
import io.github.qwop.report.chart.LineChart.Range;
import io.github.qwop.report.chart.Point;
import io.github.qwop.report.chart.Series;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * The section on a search: where its survivors and its fallen were at each moment, how many ancestors they had, and
 * where the run that won left the others.
 */
final class SearchPicture {

    /** The colours of the winner and of the fallen; the others are those of passes. */
    private static final int WINNER = 0;

    private static final int FALLEN = 1;
    private static final int PASSES = 2;

    /** Starts that are listed one by one. */
    private static final int MOST_STARTS = 20;

    private static final double PER_CENT = 100;

    /** Distinct keys, and so children of a state. */
    private static final int CHILDREN = 9;

    private final JsonObject search;
    private final JsonObject start;
    private final List<Pass> passes;
    private final List<Point> winner;

    private SearchPicture(ReportedRun run, JsonObject search, JsonObject start) {
        this.search = search;
        this.start = start;
        List<Pass> all = new ArrayList<>();
        for (JsonObject pass : ReportedRun.list(start, "passes")) {
            all.add(new Pass(all.size(), pass));
        }
        passes = List.copyOf(all);
        winner = run.best().stream()
                .filter(best -> best.what().equals(Best.FOUND))
                .findFirst()
                .map(Best::played)
                .map(Best.Played::track)
                .orElse(List.of());
    }

    /** A pass of the file, and its number from 0. */
    private record Pass(int number, JsonObject told) {

        /** A column over the clock; what is not there has no point. */
        List<Point> column(String name, DoubleUnaryOperator value) {
            List<Double> clock = numbersIn(told, "clock");
            List<Double> column = numbersIn(told, name);
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < Math.min(clock.size(), column.size()); i++) {
                double y = value.applyAsDouble(column.get(i));
                if (Double.isFinite(clock.get(i)) && Double.isFinite(y)) {
                    points.add(new Point(clock.get(i), y));
                }
            }
            return points;
        }

        List<Point> best() {
            return column("bestMetres", metres -> metres);
        }

        /** The last of the survivors. */
        List<Point> last() {
            List<Point> best = best();
            List<Point> spread = column("spreadMetres", metres -> metres);
            List<Point> last = new ArrayList<>();
            for (int i = 0; i < Math.min(best.size(), spread.size()); i++) {
                last.add(new Point(
                        best.get(i).x(), best.get(i).y() - spread.get(i).y()));
            }
            return last;
        }

        double from() {
            return ReportedRun.number(told, "improvesFrom");
        }

        String title() {
            return "pass " + (number + 1);
        }
    }

    private static List<Double> numbersIn(JsonObject object, String name) {
        List<Double> values = new ArrayList<>();
        if (object.get(name) != null && object.get(name).isJsonArray()) {
            for (JsonElement one : object.getAsJsonArray(name)) {
                values.add(one.isJsonPrimitive() ? ReportedRun.numeral(one.getAsString()) : Double.NaN);
            }
        }
        return values;
    }

    /** The section, for each run that has searched. */
    static DomContent html(List<ReportedRun> runs) {
        List<ReportedRun> searched =
                runs.stream().filter(run -> run.search() != null).toList();
        return searched.isEmpty()
                ? each()
                : each(h2("Search"), each(searched, run -> each(name(runs, run), html(run))));
    }

    private static DomContent html(ReportedRun run) {
        JsonObject search = run.search();
        JsonObject start = search == null ? null : Best.fastest(search).orElse(null);
        if (search == null || start == null) {
            return note("The search in the run's folder names no start.");
        }
        return new SearchPicture(run, search, start).content();
    }

    private DomContent content() {
        List<JsonObject> starts = ReportedRun.list(search, "starts");
        return each(
                p(sentence(starts)),
                starts.size() > 1 ? starts(starts) : each(),
                pictures(),
                passTable(),
                note("A pass begins anew, or searches along the best run so far, from that time on."));
    }

    private String sentence(List<JsonObject> starts) {
        JsonObject settings = search.get("settings") instanceof JsonObject given ? given : new JsonObject();
        long reached = starts.stream().filter(Best::isReached).count();
        return String.format(
                Locale.ROOT,
                "Objective %s, %s; width %s, horizon %s. Below: the start %s.",
                ReportedRun.text(settings, "objective"),
                starts.size() == 1
                        ? reached == 1 ? "reached" : "not reached"
                        : "reached from " + reached + " of " + starts.size() + " starts",
                ReportedRun.text(settings, "width"),
                ReportedRun.text(settings, "horizon"),
                ReportedRun.text(start, "name"));
    }

    private static DomContent starts(List<JsonObject> starts) {
        return each(
                scrolling(
                        tr(th("start"), numbers("seconds"), numbers("metres")),
                        each(
                                starts.stream().limit(MOST_STARTS).toList(),
                                one -> tr(
                                        th(ReportedRun.text(one, "name")
                                                + (Best.isReached(one) ? "" : ", did not get there")),
                                        number(Figures.of(ReportedRun.number(one, "seconds"), 2, "")),
                                        number(Figures.of(ReportedRun.number(one, "metres"), 2, ""))))),
                iff(
                        starts.size() > MOST_STARTS,
                        note("And " + (starts.size() - MOST_STARTS) + " more in search.json.")));
    }

    /** The passes that have a colour: the last that found something, and those before and after it. */
    private List<Pass> shown() {
        int most = Series.COLOURS - PASSES;
        int last = Math.max(0, Math.min(finder() - most / 2, passes.size() - most));
        List<Pass> shown = new ArrayList<>(passes.subList(last, Math.min(passes.size(), last + most)));
        if (shown.isEmpty() || shown.get(0).number() == 0) {
            return shown;
        }
        // Where all began is worth more than what came after the winner.
        shown.set(0, passes.get(0));
        return shown;
    }

    /** Number of the pass that found the winner; where that is not told, the last whose levels come to its end. */
    private int finder() {
        List<JsonObject> found = ReportedRun.list(start, "found");
        if (!found.isEmpty()) {
            double pass = ReportedRun.number(found.get(found.size() - 1), "pass");
            // Of a damaged file it may be any number, or none.
            return (int) Math.max(0, Math.min(pass, passes.size() - 1));
        }
        double seconds = ReportedRun.number(start, "seconds");
        int finder = 0;
        for (Pass pass : passes) {
            List<Point> best = pass.best();
            if (!best.isEmpty() && best.get(best.size() - 1).x() <= seconds + 1.0 / Units.UPDATES_PER_SECOND) {
                finder = pass.number();
                break;
            }
        }
        return finder;
    }

    private DomContent pictures() {
        List<Pass> shown = shown();
        if (shown.stream().allMatch(pass -> pass.best().isEmpty())) {
            return note("The search has not come to its first level.");
        }
        List<Point> fallen = fallen();
        return each(
                legend(shown, !fallen.isEmpty()),
                note(
                        "Lines: the farthest of the survivors of each pass, with what lies between it and the last of them;"
                                + " the winner as it was run."
                                + (dots(false).isEmpty() ? "" : " Dots: where it left the best run before.")
                                + (fallen.isEmpty()
                                        ? " Where the fallen were is not told: the search is of an earlier version, or none"
                                                + " got so far."
                                        : " The fallen: the farthest child of each level of "
                                                + passes.get(finder()).title()
                                                + " that was dropped, because it fell, or every way on did that was tried.")
                                + (shown.size() < passes.size()
                                        ? " In the table alone: further passes, " + (passes.size() - shown.size()) + "."
                                        : "")),
                div(
                        attrs(".charts"),
                        picture(
                                "Survivors and fallen",
                                "m",
                                "metres over the score clock",
                                Range.FROM_ZERO,
                                places(shown, fallen, false)),
                        picture(
                                "Beside the human record",
                                "m",
                                "metres ahead of where the human record was at the same clock",
                                Range.FREE,
                                places(shown, fallen, true)),
                        picture(
                                "Ancestors",
                                "",
                                "states of two seconds before that the survivors descend from",
                                Range.FROM_ZERO,
                                columns(shown, "ancestors", false)),
                        picture(
                                "Fallen",
                                "%",
                                "of the children of each level",
                                Range.FROM_ZERO,
                                columns(shown, "fallen", true))));
    }

    private DomContent legend(List<Pass> shown, boolean fallen) {
        List<DomContent> items = new ArrayList<>();
        if (!winner.isEmpty()) {
            items.add(li(span(attrs(".swatch.s" + WINNER)), text("winner")));
        }
        for (int i = 0; i < shown.size(); i++) {
            items.add(li(
                    span(attrs(".swatch.s" + (PASSES + i))), text(shown.get(i).title())));
        }
        if (fallen) {
            items.add(li(span(attrs(".swatch.s" + FALLEN)), text("fallen")));
        }
        return ul(attrs(".legend"), each(items, item -> item));
    }

    /** The farthest of the fallen in the pass that found the winner. */
    private List<Point> fallen() {
        return passes.isEmpty() ? List.of() : passes.get(finder()).column("fallenMetres", metres -> metres);
    }

    /** What one chart draws. */
    private record Drawn(List<LineChart.Band> bands, List<Series> series, List<LineChart.Dot> dots) {}

    private Drawn places(List<Pass> shown, List<Point> fallen, boolean beside) {
        List<LineChart.Band> bands = new ArrayList<>();
        List<Series> series = new ArrayList<>();
        if (!fallen.isEmpty()) {
            series.add(new Series("fallen", FALLEN, place(fallen, beside)));
        }
        for (int i = 0; i < shown.size(); i++) {
            Pass pass = shown.get(i);
            List<Point> best = place(pass.best(), beside);
            series.add(new Series(pass.title(), PASSES + i, best));
            bands.add(new LineChart.Band(PASSES + i, best, place(pass.last(), beside)));
        }
        if (!winner.isEmpty()) {
            series.add(new Series("winner", WINNER, place(winner, beside)));
        }
        return new Drawn(bands, series, dots(beside));
    }

    private static List<Point> place(List<Point> points, boolean beside) {
        return beside ? beside(points) : points;
    }

    /** Metres ahead of the human record; after its finish nothing is beside it. */
    private static List<Point> beside(List<Point> points) {
        List<Point> ahead = new ArrayList<>();
        for (Point point : points) {
            double human = Splits.human().metres(point.x());
            if (Double.isFinite(human)) {
                ahead.add(new Point(point.x(), point.y() - human));
            }
        }
        return ahead;
    }

    private Drawn columns(List<Pass> shown, String name, boolean ofChildren) {
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            List<Point> points = shown.get(i).column(name, value -> value);
            series.add(new Series(shown.get(i).title(), PASSES + i, ofChildren ? share(shown.get(i), points) : points));
        }
        return new Drawn(List.of(), series, List.of());
    }

    /** Of each level's children in per cent; they are those of the survivors of the level before. */
    private static List<Point> share(Pass pass, List<Point> fallen) {
        List<Point> beam = pass.column("beam", value -> value);
        List<Point> shares = new ArrayList<>();
        for (int i = 1; i < Math.min(beam.size(), fallen.size()); i++) {
            shares.add(new Point(
                    fallen.get(i).x(),
                    PER_CENT * fallen.get(i).y() / (CHILDREN * beam.get(i - 1).y())));
        }
        return shares;
    }

    /** Where the winner's keys part from those of the best run before it, and of the one before that, and so on. */
    private List<LineChart.Dot> dots(boolean beside) {
        List<JsonObject> found = ReportedRun.list(start, "found");
        List<LineChart.Dot> dots = new ArrayList<>();
        double earliest = Double.POSITIVE_INFINITY;
        for (int i = found.size() - 1; i > 0; i--) {
            double at = ReportedRun.number(found.get(i), "branchedOffAt");
            // What branched off later than a run behind it is no part of the winner's way.
            if (at < earliest) {
                earliest = at;
                String text = String.format(
                        Locale.ROOT,
                        "pass %.0f left the run of %s at %s and found %s",
                        ReportedRun.number(found.get(i), "pass") + 1,
                        Figures.of(ReportedRun.number(found.get(i - 1), "seconds"), 2, "s"),
                        Figures.of(at, 2, "s"),
                        Figures.of(ReportedRun.number(found.get(i), "seconds"), 2, "s"));
                place(winner, beside).stream()
                        .filter(point -> point.x() >= at)
                        .findFirst()
                        .ifPresent(point -> dots.add(new LineChart.Dot(point.x(), point.y(), WINNER, text)));
            }
        }
        return dots;
    }

    private DomContent picture(String title, String unit, String explanation, Range range, Drawn drawn) {
        if (drawn.series().stream().allMatch(one -> one.points().isEmpty())) {
            // Such as the share of the fallen, of which a search of one level tells nothing.
            return each();
        }
        double end = drawn.series().stream()
                .flatMap(one -> one.points().stream())
                .mapToDouble(Point::x)
                .max()
                .orElse(1);
        LineChart chart = new LineChart(
                title,
                unit,
                "s on the score clock",
                end,
                range,
                drawn.bands(),
                drawn.series(),
                List.of(),
                drawn.dots());
        return figure(figcaption(b(title), span(explanation)), div(rawHtml(chart.svg())));
    }

    private DomContent passTable() {
        return scrolling(
                tr(
                        th("pass"),
                        th("begins"),
                        numbers("width"),
                        numbers("horizon"),
                        numbers("updates a decision"),
                        numbers("levels"),
                        numbers("best")),
                each(passes, this::row));
    }

    private DomContent row(Pass pass) {
        List<JsonObject> found = ReportedRun.list(start, "found").stream()
                .filter(one -> ReportedRun.number(one, "pass") == pass.number())
                .toList();
        return tr(
                th(String.valueOf(pass.number() + 1)),
                td(pass.from() < 0 ? "anew" : "at " + Figures.of((pass.from() + 1) / Units.UPDATES_PER_SECOND, 1, "s")),
                number(Figures.of(ReportedRun.number(pass.told(), "width"), 0, "")),
                number(Figures.of(ReportedRun.number(pass.told(), "horizon"), 0, "")),
                number(Figures.of(ReportedRun.number(pass.told(), "framesPerDecision"), 0, "")),
                number(Figures.of(pass.best().size(), 0, "")),
                number(
                        found.isEmpty()
                                ? "–"
                                : Figures.of(ReportedRun.number(found.get(found.size() - 1), "seconds"), 2, "s")));
    }
}
