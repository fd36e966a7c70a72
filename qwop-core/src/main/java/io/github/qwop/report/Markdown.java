package io.github.qwop.report;

import com.google.gson.JsonObject;
import io.github.qwop.play.Splits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The gates, the baseline and the results of some runs as Markdown, as CI services show it. */
final class Markdown {

    private Markdown() {}

    /** The text, a heading for each run. */
    static String of(List<ReportedRun> runs) {
        List<String> lines = new ArrayList<>();
        for (ReportedRun run : runs) {
            Verdict verdict = Verdict.of(run);
            lines.add("### QWOP run " + cell(run.name()) + ": " + verdict.headline());
            lines.add("");
            gates(lines, verdict);
            if (!verdict.baseline().isEmpty()) {
                lines.add(verdict.baseline());
                lines.add("");
            }
            figures(lines, run);
            sensitivity(lines, run);
        }
        splits(lines, SplitTimes.of(runs));
        for (ReportedRun run : runs) {
            Made.of(run).forEach(sentence -> lines.add((runs.size() > 1 ? run.name() + ": " : "") + sentence + "  "));
        }
        return String.join("\n", lines).strip() + "\n";
    }

    /** The table of the gates; nothing where there are none. */
    static void gates(List<String> lines, Verdict verdict) {
        if (verdict.gates().isEmpty()) {
            return;
        }
        row(lines, "gate", "limit", "reached", "");
        row(lines, "---", "---:", "---:", "---");
        for (Verdict.Gate gate : verdict.gates()) {
            row(lines, gate.name(), gate.limit(), gate.reached(), gate.holds() ? "✓ holds" : "**✗ fell**");
        }
        lines.add("");
    }

    private static void figures(List<String> lines, ReportedRun run) {
        JsonObject evaluation = run.evaluation();
        if (evaluation == null) {
            return;
        }
        row(lines, "policy", "episodes", "mean", "median", "finished", "m/s", "mean finish", "fastest");
        row(lines, "---", "---:", "---:", "---:", "---:", "---:", "---:", "---:");
        for (String name : List.of("trained", "random")) {
            if (evaluation.get(name) instanceof JsonObject policy) {
                row(
                        lines,
                        name,
                        figure(policy, "episodes", 0, ""),
                        figure(policy, "meanDistance", 2, "m"),
                        figure(policy, "medianDistance", 2, "m"),
                        Figures.share(ReportedRun.number(policy, "finishRate")),
                        figure(policy, "meanSpeed", 2, ""),
                        figure(policy, "meanFinishSeconds", 1, "s"),
                        figure(policy, "bestFinishSeconds", 1, "s"));
            }
        }
        lines.add("");
    }

    private static void sensitivity(List<String> lines, ReportedRun run) {
        List<JsonObject> points = SensitivityPicture.points(run);
        if (points.isEmpty()) {
            return;
        }
        row(lines, "keys", "finished", "mean finish", "fastest", "mean");
        row(lines, "---", "---:", "---:", "---:", "---:");
        for (JsonObject point : points) {
            row(
                    lines,
                    SensitivityPicture.label(point),
                    Figures.share(ReportedRun.number(point, "finishRate")),
                    figure(point, "meanFinishSeconds", 1, "s"),
                    figure(point, "bestFinishSeconds", 1, "s"),
                    figure(point, "meanDistance", 1, "m"));
        }
        lines.add("");
    }

    private static String figure(JsonObject object, String name, int decimals, String unit) {
        return Figures.of(ReportedRun.number(object, name), decimals, unit);
    }

    private static void splits(List<String> lines, Map<String, Splits> all) {
        if (all.isEmpty()) {
            return;
        }
        List<String> head = new ArrayList<>(List.of("seconds at m"));
        List<String> rule = new ArrayList<>(List.of("---"));
        for (int i = 1; i <= Splits.COUNT; i++) {
            head.add(i == Splits.COUNT ? "finish" : String.valueOf(i * Splits.METRES));
            rule.add("---:");
        }
        row(lines, head.toArray(String[]::new));
        row(lines, rule.toArray(String[]::new));
        all.forEach((name, splits) -> row(lines, name, splits));
        row(lines, "human record", Splits.human());
        lines.add("");
    }

    private static void row(List<String> lines, String name, Splits splits) {
        List<String> cells = new ArrayList<>(List.of(name));
        for (int i = 0; i < Splits.COUNT; i++) {
            cells.add(Figures.of(i < splits.seconds().size() ? splits.seconds().get(i) : Double.NaN, 2, ""));
        }
        row(lines, cells.toArray(String[]::new));
    }

    /** A row of a table. */
    static void row(List<String> lines, String... cells) {
        StringBuilder line = new StringBuilder("|");
        for (String cell : cells) {
            line.append(' ').append(cell(cell)).append(" |");
        }
        lines.add(line.toString());
    }

    /** A text that ends no cell and begins no tag. */
    static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace('\n', ' ');
    }
}
