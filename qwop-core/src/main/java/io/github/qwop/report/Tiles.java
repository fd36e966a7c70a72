package io.github.qwop.report;

import static io.github.qwop.report.Html.name;
import static j2html.TagCreator.*;

import com.google.gson.JsonObject;
import io.github.qwop.run.metrics.MetricsLog;
import j2html.tags.DomContent;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** The figures at the head of a report: how far the training came, and how well the run does. */
final class Tiles {

    private Tiles() {}

    static DomContent html(List<ReportedRun> runs) {
        return each(runs, run -> each(name(runs, run), html(run)));
    }

    private static DomContent html(ReportedRun run) {
        var tiles = div(attrs(".tiles"));
        if (run.isTrained()) {
            double total = total(run);
            tiles.with(
                    tile(
                            Figures.of(run.steps(), 0, ""),
                            "environment steps" + (Double.isNaN(total) ? "" : " of " + Figures.of(total, 0, "")),
                            Files.exists(run.directory().model()) ? "finished" : "not finished"),
                    tile(
                            Figures.time(run.elapsed()),
                            "wall time" + (run.timeEstimated() ? ", estimated from time/fps" : ""),
                            run.elapsed() > 0 ? Figures.of(run.steps() / run.elapsed(), 0, "steps/s") : ""));
        }
        Map<String, Double> best = run.bestRow();
        if (best != null) {
            tiles.with(tile(
                    Figures.of(best.getOrDefault("eval/distance", Double.NaN), 1, "m"),
                    "best mean distance in training's evaluations",
                    "at " + Figures.of(best.getOrDefault(MetricsLog.STEPS, Double.NaN), 0, "") + " steps"));
        }
        JsonObject evaluation = run.evaluation();
        if (evaluation != null && evaluation.get("trained") instanceof JsonObject trained) {
            tiles.with(
                    tile(
                            Figures.of(ReportedRun.number(trained, "meanDistance"), 1, "m"),
                            "mean distance in the last evaluation",
                            Figures.of(ReportedRun.number(trained, "episodes"), 0, "episodes")),
                    tile(
                            Figures.share(ReportedRun.number(trained, "finishRate")),
                            "of its episodes finish the 100 m",
                            Double.isNaN(ReportedRun.number(trained, "meanFinishSeconds"))
                                    ? "–"
                                    : "in " + Figures.of(ReportedRun.number(trained, "meanFinishSeconds"), 1, "s")
                                            + " of play, mean"));
        }
        JsonObject search = run.search();
        JsonObject start = search == null ? null : Best.fastest(search).orElse(null);
        if (start != null) {
            tiles.with(tile(
                    Best.isReached(start)
                            ? Figures.of(ReportedRun.number(start, "seconds"), 2, "s")
                            : Figures.of(ReportedRun.number(start, "metres"), 1, "m"),
                    (Best.isReached(start) ? "found by the search" : "is how far the search came")
                            + Best.way(search, start),
                    "from the start " + ReportedRun.text(start, "name")));
        }
        return tiles;
    }

    private static double total(ReportedRun run) {
        try {
            return Double.parseDouble(run.settings().getOrDefault("totalTimesteps", "NaN"));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** One figure, what it is, and a remark. */
    static DomContent tile(String figure, String what, String more) {
        return p(strong(figure), span(what), small(more));
    }
}
