package io.github.qwop.report;

import static io.github.qwop.report.Html.note;
import static io.github.qwop.report.Html.number;
import static io.github.qwop.report.Html.numbers;
import static io.github.qwop.report.Html.scrolling;
import static j2html.TagCreator.*;

import com.google.gson.JsonObject;
import io.github.qwop.run.evaluation.GateSpec;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the gates said, which a reader wants to know first.
 *
 * @param gates in the order of their declaration
 * @param baseline a sentence on the baseline; empty if there is none
 */
record Verdict(List<Gate> gates, String baseline) {

    /**
     * One gate.
     *
     * @param name the setting's
     * @param limit what was asked for, with its unit
     * @param reached what was reached, likewise
     * @param holds whether that is enough
     */
    record Gate(String name, String limit, String reached, boolean holds) {}

    /** What a run's evaluation and search say. */
    static Verdict of(ReportedRun run) {
        List<Gate> gates = new ArrayList<>();
        JsonObject evaluation = run.evaluation();
        if (evaluation != null) {
            for (JsonObject gate : ReportedRun.list(evaluation, "gates")) {
                String name = ReportedRun.text(gate, "name");
                gates.add(new Gate(
                        name,
                        figure(name, ReportedRun.number(gate, "limit")),
                        figure(name, ReportedRun.number(gate, "value")),
                        ReportedRun.text(gate, "passed").equals("true")));
            }
        }
        if (run.search() != null) {
            addOfSearch(run.search(), gates);
        }
        return new Verdict(
                gates,
                evaluation != null && evaluation.get("baseline") instanceof JsonObject baseline
                        ? sentence(baseline, evaluation)
                        : "");
    }

    /** What a study's gates say. */
    static Verdict of(List<GateSpec.Outcome> outcomes) {
        List<Gate> gates = new ArrayList<>();
        for (GateSpec.Outcome gate : outcomes) {
            gates.add(new Gate(
                    gate.name(),
                    figure(gate.name(), gate.limit()),
                    figure(gate.name(), gate.value() == null ? Double.NaN : gate.value()),
                    gate.passed()));
        }
        return new Verdict(gates, "");
    }

    /** The gate of a search, which all starts must hold. */
    private static void addOfSearch(JsonObject search, List<Gate> gates) {
        double limit = search.get("settings") instanceof JsonObject settings
                ? ReportedRun.numeral(ReportedRun.text(settings, "gate.maxSeconds"))
                : Double.NaN;
        if (Double.isNaN(limit)) {
            return;
        }
        List<JsonObject> starts = ReportedRun.list(search, "starts");
        boolean all = starts.stream().allMatch(Best::isReached);
        double slowest = starts.stream()
                .mapToDouble(start -> ReportedRun.number(start, "seconds"))
                .max()
                .orElse(Double.NaN);
        gates.add(new Gate(
                "search: maxSeconds",
                Figures.of(limit, 2, "s"),
                all ? Figures.of(slowest, 2, "s") : "not by all starts",
                all && slowest <= limit));
    }

    private static String figure(String gate, double value) {
        if (gate.endsWith("Rate")) {
            return Figures.share(value);
        }
        // A study's is in the unit of its objective.
        String unit = gate.equals("betterThanBaseline") ? "" : gate.endsWith("Seconds") ? "s" : "m";
        return Figures.of(value, 2, unit);
    }

    private static String sentence(JsonObject baseline, JsonObject evaluation) {
        double rate = ReportedRun.number(baseline, "finishRate");
        return String.format(
                Locale.ROOT,
                "Against the baseline of %s, mean distance %s: %s, 95 %% interval %s to %s%s%s.",
                ReportedRun.text(baseline, "runId"),
                Figures.of(ReportedRun.number(baseline, "meanDistance"), 2, "m"),
                Figures.signed(ReportedRun.number(baseline, "difference"), 2, "m"),
                Figures.signed(ReportedRun.number(baseline, "low"), 2, ""),
                Figures.signed(ReportedRun.number(baseline, "high"), 2, "m"),
                ReportedRun.text(baseline, "paired").equals("true") ? ", start by start" : "",
                Double.isNaN(rate) || !(evaluation.get("trained") instanceof JsonObject trained)
                        ? ""
                        : "; finished " + Figures.share(rate) + ", now "
                                + Figures.share(ReportedRun.number(trained, "finishRate")));
    }

    /** How it came out, in a few words. */
    String headline() {
        long fallen = gates.stream().filter(gate -> !gate.holds()).count();
        if (gates.isEmpty()) {
            return "No gate was declared";
        }
        if (fallen == 0) {
            return gates.size() == 1 ? "The gate holds" : "All " + gates.size() + " gates hold";
        }
        return gates.size() == 1 ? "The gate fell" : fallen + " of " + gates.size() + " gates fell";
    }

    /**
     * The verdict on a run.
     *
     * @param whose begins its headline; empty where there is but one run
     */
    DomContent html(String whose) {
        boolean fell = gates.stream().anyMatch(gate -> !gate.holds());
        return each(
                gates.isEmpty()
                        ? note(whose + headline() + ".")
                        : p(
                                attrs(fell ? ".verdict.fell" : ".verdict.holds"),
                                (fell ? "✗ " : "✓ ") + whose + headline()),
                iff(
                        !gates.isEmpty(),
                        scrolling(
                                tr(th("gate"), numbers("limit"), numbers("reached"), th()), each(gates, Verdict::row))),
                iff(!baseline.isEmpty(), p(baseline)));
    }

    private static DomContent row(Gate gate) {
        return tr(
                th(gate.name()),
                number(gate.limit()),
                number(gate.reached()),
                gate.holds() ? td(attrs(".holds"), "✓ holds") : td(attrs(".fell"), "✗ fell"));
    }

    /** The section of the report. */
    static DomContent html(List<ReportedRun> runs) {
        return each(h2("Verdict"), each(runs, run -> of(run).html(runs.size() > 1 ? run.name() + ": " : "")));
    }
}
