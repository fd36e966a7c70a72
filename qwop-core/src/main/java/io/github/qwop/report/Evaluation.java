package io.github.qwop.report;

import static io.github.qwop.report.Html.name;
import static io.github.qwop.report.Html.note;
import static io.github.qwop.report.Html.number;
import static io.github.qwop.report.Html.scrolling;
import static j2html.TagCreator.*;

import com.google.gson.JsonObject;
import io.github.qwop.report.chart.Histogram;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The section on the last evaluation: its distances, figures and gates, and which episodes are certified. */
final class Evaluation {

    private Evaluation() {}

    static DomContent html(List<ReportedRun> runs) {
        // Whoever has only searched has no policy to evaluate.
        List<ReportedRun> told = runs.stream()
                .filter(run -> run.isTrained() || run.isEvaluated() || run.search() == null)
                .toList();
        return told.isEmpty() ? each() : each(h2("Evaluation"), each(told, run -> each(name(runs, run), content(run))));
    }

    private static DomContent content(ReportedRun run) {
        JsonObject evaluation = run.evaluation();
        if (evaluation == null) {
            return note(
                    run.evaluationDamaged()
                            ? "The evaluation in the run's folder is unreadable: run qwop:evaluate again."
                            : "No evaluation lies in the run's folder: run qwop:evaluate, and its distances,"
                                    + " gates and best episode stand here.");
        }
        return each(
                p(String.format(
                        Locale.ROOT,
                        "%s at %s steps, on the %s, seed %.0f.",
                        ReportedRun.text(evaluation, "policy"),
                        Figures.of(ReportedRun.number(evaluation, "steps"), 0, ""),
                        ReportedRun.text(evaluation, "game"),
                        ReportedRun.number(evaluation, "seed"))),
                div(
                        attrs(".halves"),
                        histogram(evaluation),
                        div(summaries(evaluation), Certification.html(evaluation))));
    }

    private static DomContent histogram(JsonObject evaluation) {
        List<Double> distances = new ArrayList<>();
        List<Boolean> finished = new ArrayList<>();
        for (JsonObject episode : ReportedRun.list(evaluation, "episodes")) {
            double distance = ReportedRun.number(episode, "distance");
            if (Double.isFinite(distance)) {
                distances.add(distance);
                String told = episode.has("finished") ? "finished" : "success";
                finished.add(ReportedRun.text(episode, told).equals("true"));
            }
        }
        if (distances.isEmpty()) {
            return note("The evaluation lists no episodes.");
        }
        double mean =
                distances.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double[] sorted =
                distances.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        Histogram histogram = new Histogram(
                "Distances of the evaluation's episodes",
                "distance, m",
                "episodes",
                distances,
                finished,
                "finished",
                List.of(
                        new Histogram.Line(mean, "mean " + Figures.of(mean, 2, "m")),
                        new Histogram.Line(median, "median " + Figures.of(median, 2, "m"))));
        return figure(
                figcaption(
                        b("Distances"),
                        span(
                                text("of " + distances.size() + " episodes; "),
                                finished.contains(true)
                                        ? each(
                                                span(attrs(".swatch.special")),
                                                text("finished, "),
                                                span(attrs(".swatch.bar")),
                                                text("not"))
                                        : text("none finished"))),
                rawHtml(histogram.svg()));
    }

    private static DomContent summaries(JsonObject evaluation) {
        Map<String, JsonObject> policies = new LinkedHashMap<>();
        for (String name : List.of("trained", "random")) {
            if (evaluation.get(name) instanceof JsonObject policy) {
                policies.put(name, policy);
            }
        }
        return scrolling(
                tr(th(), each(policies.keySet(), Html::numbers)),
                row(policies, "episodes", "episodes", 1, 0, ""),
                row(policies, "mean distance", "meanDistance", 1, 2, "m"),
                row(policies, "median distance", "medianDistance", 1, 2, "m"),
                row(policies, "shortest", "minDistance", 1, 2, "m"),
                row(policies, "farthest", "maxDistance", 1, 2, "m"),
                row(policies, "finished", "finishRate", 100, 0, "%"),
                row(policies, "cut off by the step limit", "truncatedRate", 100, 0, "%"),
                row(policies, "speed, per second of play", "meanSpeed", 1, 2, "m/s"),
                row(policies, "mean time of finishers, play", "meanFinishSeconds", 1, 1, "s"),
                row(policies, "fastest finish, play", "bestFinishSeconds", 1, 1, "s"),
                row(policies, "reward per episode", "meanReward", 1, 2, ""));
    }

    private static DomContent row(
            Map<String, JsonObject> policies, String label, String name, double factor, int decimals, String unit) {
        return tr(
                th(label),
                each(
                        policies.values(),
                        policy -> number(Figures.of(factor * ReportedRun.number(policy, name), decimals, unit))));
    }
}
