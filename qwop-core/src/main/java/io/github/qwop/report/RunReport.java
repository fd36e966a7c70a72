package io.github.qwop.report;

import com.google.gson.JsonObject;
import io.github.qwop.env.Recording;
import io.github.qwop.play.KeySequence;
import io.github.qwop.play.ReplayException;
import io.github.qwop.play.Replayer;
import io.github.qwop.report.chart.Histogram;
import io.github.qwop.report.chart.Series;
import io.github.qwop.report.chart.Svg;
import io.github.qwop.run.RecordingFile;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.metrics.MetricsLog;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The report on a run: what its folder holds, as one page for any browser, without a network. What is missing or
 * damaged there is said to be so.
 */
public final class RunReport {

    private static final String STYLE = "report.css";
    private static final String SCRIPT = "report.js";
    private static final String TEMPLATE = "report.html";
    private static final String UNSET = "–";

    /** Certified episodes that are listed one by one. */
    private static final int MOST_NAMED = 2;

    private final List<ReportedRun> runs;
    private final ReportedRun run;

    private RunReport(List<ReportedRun> runs) {
        this.runs = runs;
        run = runs.get(0);
    }

    /**
     * Reads what a report needs.
     *
     * @param folder the run's folder
     * @param compared folders of runs to show in the same charts
     * @throws SettingException if no run lies in one of the folders, or they are too many
     */
    public static RunReport read(Path folder, List<Path> compared) throws IOException {
        if (compared.size() >= Series.COLOURS) {
            throw new SettingException("compare names " + compared.size() + " runs: give at most "
                    + (Series.COLOURS - 1) + ", more cannot be told apart in a chart.");
        }
        List<Path> folders = Stream.concat(Stream.of(folder), compared.stream())
                .map(path -> path.toAbsolutePath().normalize())
                .toList();
        List<ReportedRun> runs = new ArrayList<>();
        for (Path one : folders) {
            runs.add(ReportedRun.read(name(one, folders), one));
        }
        return new RunReport(List.copyOf(runs));
    }

    /** A folder's name, with as many of its parents' before it as tell it from the others. */
    private static String name(Path folder, List<Path> all) {
        int names = folder.getNameCount();
        for (int length = 1; length <= names; length++) {
            Path name = folder.subpath(names - length, names);
            if (all.stream().allMatch(other -> other.equals(folder) || !other.endsWith(name))) {
                return name.toString().replace('\\', '/');
            }
        }
        return folder.toString();
    }

    /** Name of the run. */
    public String name() {
        return run.name();
    }

    /** The report as a self-contained HTML file, light or dark as its reader's system is. */
    public String page() {
        return ReplayPage.resource(TEMPLATE)
                .replace("@title@", Svg.escape(title()))
                .replace("@style@", ReplayPage.resource(STYLE))
                .replace("@script@", ReplayPage.resource(SCRIPT))
                .replace(
                        "@report@",
                        "<main class=\"qwop-report\"><h1>" + Svg.escape(title()) + "</h1>" + body() + "</main>");
    }

    /** The report as a part of another page, which is light. */
    public String fragment() {
        return "<style>" + ReplayPage.resource(STYLE) + "</style><div class=\"qwop-report\" data-theme=\"light\"><h1>"
                + Svg.escape(title()) + "</h1>" + body() + "</div><script>" + ReplayPage.resource(SCRIPT) + "</script>";
    }

    private String title() {
        String others =
                String.join(", ", runs.stream().skip(1).map(ReportedRun::name).toList());
        return "QWOP run " + run.name() + (others.isEmpty() ? "" : " beside " + others);
    }

    /** All but the page around it: well-formed as XML. */
    String body() {
        boolean trained = runs.stream().anyMatch(ReportedRun::isTrained);
        return tiles()
                + (trained ? curves() + guard() : "")
                + evaluation()
                + bestEpisode()
                + (trained ? settings() : "");
    }

    private String tiles() {
        StringBuilder tiles = new StringBuilder("<div class=\"tiles\">");
        if (run.isTrained()) {
            double total = total();
            boolean finished = Files.exists(run.directory().model());
            tile(
                    tiles,
                    Figures.of(run.steps(), 0, ""),
                    "environment steps" + (Double.isNaN(total) ? "" : " of " + Figures.of(total, 0, "")),
                    finished ? "finished" : "not finished");
            tile(
                    tiles,
                    Figures.time(run.elapsed()),
                    "wall time" + (run.timeEstimated() ? ", estimated from time/fps" : ""),
                    run.elapsed() > 0 ? Figures.of(run.steps() / run.elapsed(), 0, "steps/s") : "");
        }
        Map<String, Double> best = run.best();
        if (best != null) {
            tile(
                    tiles,
                    Figures.of(best.getOrDefault("eval/distance", Double.NaN), 1, "m"),
                    "best mean distance in training's evaluations",
                    "at " + Figures.of(best.getOrDefault(MetricsLog.STEPS, Double.NaN), 0, "") + " steps");
        }
        JsonObject evaluation = run.evaluation();
        if (evaluation != null && evaluation.get("trained") instanceof JsonObject trained) {
            tile(
                    tiles,
                    Figures.of(ReportedRun.number(trained, "meanDistance"), 1, "m"),
                    "mean distance in the last evaluation",
                    Figures.of(ReportedRun.number(trained, "episodes"), 0, "episodes"));
            tile(
                    tiles,
                    Figures.share(ReportedRun.number(trained, "finishRate")),
                    "of its episodes finish the 100 m",
                    "in " + Figures.of(ReportedRun.number(trained, "meanFinishSeconds"), 1, "s") + " of play, mean");
        }
        return tiles.append("</div>").toString();
    }

    private double total() {
        try {
            return Double.parseDouble(run.settings().getOrDefault("totalTimesteps", "NaN"));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static void tile(StringBuilder into, String figure, String what, String more) {
        into.append("<p><strong>")
                .append(Svg.escape(figure))
                .append("</strong><span>")
                .append(Svg.escape(what))
                .append("</span><small>")
                .append(Svg.escape(more))
                .append("</small></p>");
    }

    private String curves() {
        String head = "<h2>Learning curves</h2>";
        if (runs.stream().allMatch(one -> one.rows().isEmpty())) {
            return head
                    + note("There are no metrics yet: " + MetricsLog.JSON_LINES + " holds no row. Train longer than"
                            + " one logInterval.");
        }
        String without = String.join(
                ", ",
                runs.stream()
                        .filter(one -> one.rows().isEmpty())
                        .map(ReportedRun::name)
                        .toList());
        return head
                + "<input type=\"radio\" name=\"qwop-x\" id=\"qwop-x-steps\" checked=\"checked\"/>"
                + "<label for=\"qwop-x-steps\">over steps</label>"
                + "<input type=\"radio\" name=\"qwop-x\" id=\"qwop-x-time\"/>"
                + "<label for=\"qwop-x-time\">over wall time</label>"
                + legend()
                + (without.isEmpty() ? "" : note("No metrics yet: " + without + "."))
                + "<p class=\"note\">Thin: the values as logged. Thick: their centred moving mean over a fiftieth of"
                + " the run." + (marked() ? " Dashed with a triangle: the collapse guard acted." : "")
                + (runs.stream().anyMatch(one -> one.best() != null) ? " Dot: the best checkpoint." : "") + "</p>"
                + new Curves(runs).html();
    }

    private boolean marked() {
        return runs.stream().anyMatch(one -> !one.events().isEmpty());
    }

    private String legend() {
        if (runs.size() == 1) {
            return "";
        }
        StringBuilder legend = new StringBuilder("<ul class=\"legend\">");
        for (int i = 0; i < runs.size(); i++) {
            legend.append("<li><span class=\"swatch s")
                    .append(i)
                    .append("\"></span>")
                    .append(Svg.escape(runs.get(i).name()))
                    .append("</li>");
        }
        return legend.append("</ul>").toString();
    }

    private String guard() {
        StringBuilder rows = new StringBuilder();
        for (ReportedRun one : runs) {
            for (ReportedRun.Event event : one.events()) {
                rows.append("<tr>")
                        .append(runs.size() > 1 ? "<td>" + Svg.escape(one.name()) + "</td>" : "")
                        .append("<td class=\"number\">")
                        .append(Figures.of(event.steps(), 0, ""))
                        .append("</td><td>")
                        .append(Svg.escape(event.seen()))
                        .append("</td><td>")
                        .append(Svg.escape(event.done()))
                        .append("</td></tr>");
            }
        }
        return "<h2>Collapse guard</h2>"
                + (rows.length() == 0
                        ? note("It saw no collapse.")
                        : "<div class=\"scroll\"><table><thead><tr>" + (runs.size() > 1 ? "<th>run</th>" : "")
                                + "<th class=\"number\">step</th><th>seen</th><th>done</th></tr></thead><tbody>" + rows
                                + "</tbody></table></div>");
    }

    private String evaluation() {
        String head = "<h2>Evaluation</h2>";
        JsonObject evaluation = run.evaluation();
        if (evaluation == null) {
            return head
                    + note(
                            run.evaluationDamaged()
                                    ? "The evaluation in the run's folder is unreadable: run qwop:evaluate again."
                                    : "No evaluation lies in the run's folder: run qwop:evaluate, and its distances,"
                                            + " gates and best episode stand here.");
        }
        return head + "<p>"
                + Svg.escape(String.format(
                        Locale.ROOT,
                        "%s at %s steps, on the %s, seed %.0f.",
                        ReportedRun.text(evaluation, "policy"),
                        Figures.of(ReportedRun.number(evaluation, "steps"), 0, ""),
                        ReportedRun.text(evaluation, "game"),
                        ReportedRun.number(evaluation, "seed")))
                + "</p><div class=\"halves\">" + histogram(evaluation) + "<div>" + summaries(evaluation)
                + gates(evaluation) + certification(evaluation) + "</div></div>";
    }

    private static String histogram(JsonObject evaluation) {
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
                        new Histogram.Line(mean, "mean " + Figures.of(mean, 1, "m")),
                        new Histogram.Line(median, "median " + Figures.of(median, 1, "m"))));
        return "<figure><figcaption><b>Distances</b><span>of " + distances.size() + " episodes"
                + (finished.contains(true)
                        ? "; <span class=\"swatch special\"></span>finished, <span class=\"swatch bar\"></span>not"
                        : "; none finished")
                + "</span></figcaption>" + histogram.svg() + "</figure>";
    }

    private static String summaries(JsonObject evaluation) {
        Map<String, JsonObject> policies = new LinkedHashMap<>();
        if (evaluation.get("trained") instanceof JsonObject trained) {
            policies.put("trained", trained);
        }
        if (evaluation.get("random") instanceof JsonObject random) {
            policies.put("random", random);
        }
        StringBuilder table = new StringBuilder("<div class=\"scroll\"><table><thead><tr><th></th>");
        policies.keySet()
                .forEach(name ->
                        table.append("<th class=\"number\">").append(name).append("</th>"));
        table.append("</tr></thead><tbody>");
        row(table, policies, "episodes", "episodes", 1, 0, "");
        row(table, policies, "mean distance", "meanDistance", 1, 2, "m");
        row(table, policies, "median distance", "medianDistance", 1, 2, "m");
        row(table, policies, "shortest", "minDistance", 1, 2, "m");
        row(table, policies, "farthest", "maxDistance", 1, 2, "m");
        row(table, policies, "finished", "finishRate", 100, 0, "%");
        row(table, policies, "cut off by the step limit", "truncatedRate", 100, 0, "%");
        row(table, policies, "speed, per second of play", "meanSpeed", 1, 2, "m/s");
        row(table, policies, "mean time of finishers, play", "meanFinishSeconds", 1, 1, "s");
        row(table, policies, "fastest finish, play", "bestFinishSeconds", 1, 1, "s");
        row(table, policies, "reward per episode", "meanReward", 1, 2, "");
        return table.append("</tbody></table></div>").toString();
    }

    private static void row(
            StringBuilder table,
            Map<String, JsonObject> policies,
            String label,
            String name,
            double factor,
            int decimals,
            String unit) {
        table.append("<tr><th>").append(label).append("</th>");
        for (JsonObject policy : policies.values()) {
            table.append("<td class=\"number\">")
                    .append(Figures.of(factor * ReportedRun.number(policy, name), decimals, unit))
                    .append("</td>");
        }
        table.append("</tr>");
    }

    private static String gates(JsonObject evaluation) {
        List<JsonObject> gates = ReportedRun.list(evaluation, "gates");
        if (gates.isEmpty()) {
            return note("No gate was declared.");
        }
        StringBuilder table = new StringBuilder("<div class=\"scroll\"><table><thead><tr><th>gate</th>"
                + "<th class=\"number\">limit</th><th class=\"number\">reached</th><th></th></tr></thead><tbody>");
        for (JsonObject gate : gates) {
            boolean passed = ReportedRun.text(gate, "passed").equals("true");
            String name = ReportedRun.text(gate, "name");
            table.append("<tr><th>")
                    .append(Svg.escape(name))
                    .append("</th><td class=\"number\">")
                    .append(reached(name, ReportedRun.number(gate, "limit")))
                    .append("</td><td class=\"number\">")
                    .append(reached(name, ReportedRun.number(gate, "value")))
                    .append(passed ? "</td><td class=\"holds\">✓ holds" : "</td><td class=\"fell\">✗ fell")
                    .append("</td></tr>");
        }
        return table.append("</tbody></table></div>").toString();
    }

    private static String reached(String gate, double value) {
        if (gate.endsWith("Rate")) {
            return Figures.share(value);
        }
        return Figures.of(value, 2, gate.endsWith("Seconds") ? "s" : "m");
    }

    private static String certification(JsonObject evaluation) {
        List<JsonObject> equal = new ArrayList<>();
        StringBuilder fallen = new StringBuilder();
        for (JsonObject one : ReportedRun.list(evaluation, "certification")) {
            String why = ReportedRun.text(one, "altered");
            if (one.get("difference") instanceof JsonObject difference) {
                why = String.format(
                        Locale.ROOT,
                        "On the %s it differs from the twin from update %s on, at %s.",
                        ReportedRun.text(one, "game"),
                        Figures.of(ReportedRun.number(difference, "update"), 0, ""),
                        Figures.of(ReportedRun.number(difference, "distance"), 2, "m"));
            }
            if (why.isEmpty()) {
                equal.add(one);
            } else {
                fallen.append(note("Not certified: the " + ReportedRun.text(one, "recording") + " episode. " + why));
            }
        }
        return equal(equal) + fallen;
    }

    private static String equal(List<JsonObject> certified) {
        if (certified.size() > MOST_NAMED) {
            return note(String.format(
                    Locale.ROOT,
                    "Certified: %d episodes, %s updates on the %s.",
                    certified.size(),
                    Figures.of(
                            certified.stream()
                                    .mapToDouble(one -> ReportedRun.number(one, "updates"))
                                    .sum(),
                            0,
                            ""),
                    ReportedRun.text(certified.get(0), "game")));
        }
        StringBuilder text = new StringBuilder();
        for (JsonObject one : certified) {
            text.append(note(String.format(
                    Locale.ROOT,
                    "Certified: the %s episode, %s updates on the %s, largest difference %s.",
                    ReportedRun.text(one, "recording"),
                    Figures.of(ReportedRun.number(one, "updates"), 0, ""),
                    ReportedRun.text(one, "game"),
                    ReportedRun.text(one, "largestDifference"))));
        }
        return text.toString();
    }

    private String bestEpisode() {
        String head = "<h2>Best episode</h2>";
        RunDirectory directory = run.directory();
        if (!Files.isRegularFile(directory.bestRecording())) {
            return head
                    + note("No recording lies in the run's folder: run qwop:evaluate, and its best episode is drawn"
                            + " and played here.");
        }
        Recording recording;
        KeySequence keys;
        try {
            recording = RecordingFile.read(directory, null);
            keys = Replayer.keys(recording);
        } catch (SettingException | ReplayException e) {
            return head + note("The best episode cannot be shown. " + e.getMessage());
        }
        Gait gait = new Gait(keys);
        if (gait.isEmpty()) {
            return head + note("The best episode ended before its first update.");
        }
        String title = String.format(Locale.ROOT, "%s, best: %.1f m", run.name(), recording.distance());
        return head + "<p>"
                + String.format(
                        Locale.ROOT,
                        "%.2f m in %.1f s of play, %.2f m/s%s.",
                        recording.distance(),
                        recording.scoreTime(),
                        recording.distance() / recording.scoreTime(),
                        recording.finished() ? ", finished" : "")
                + "</p><h3>Gait</h3><p class=\"note\">"
                + Svg.escape("The runner every " + gait.stride() + " updates, where it was on the track; "
                        + "above, seconds of play. The far arm and leg are faint.")
                + "</p>" + strip("Gait of the whole episode", gait.strip())
                + "<p class=\"note\">" + Svg.escape(gait.closeCaption()) + "</p>"
                + strip("Gait of the fastest two seconds", gait.close())
                + "<h3>Keys</h3><p class=\"note\">Coloured: the key is held.</p>"
                + strip("Keys held over the episode", gait.timeline())
                + "<h3>Replay</h3><iframe title=\"Replay of the best episode\" sandbox=\"allow-scripts\" srcdoc=\""
                + Svg.escape(ReplayPage.html(title, keys, false)) + "\"></iframe>";
    }

    /** A picture wider than a phone; the keyboard can scroll it. */
    private static String strip(String label, String svg) {
        return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + label + "\">" + svg + "</div>";
    }

    private String settings() {
        Set<String> names = new LinkedHashSet<>();
        runs.forEach(one -> names.addAll(one.settings().keySet()));
        String head = "<h2>Settings</h2>";
        if (names.isEmpty()) {
            return head + note("spec.json is missing or unreadable.");
        }
        StringBuilder html = new StringBuilder(head);
        if (runs.size() > 1) {
            html.append(note("Bold: the runs differ."));
        }
        html.append("<div class=\"settings\">");
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (String name : names) {
            int dot = name.indexOf('.');
            groups.computeIfAbsent(dot < 0 ? "run" : name.substring(0, dot), group -> new ArrayList<>())
                    .add(name);
        }
        groups.forEach((group, members) -> html.append(settings(group, members)));
        return html.append("</div>").toString();
    }

    private String settings(String group, List<String> names) {
        StringBuilder table =
                new StringBuilder("<div class=\"scroll\"><table><thead><tr><th>" + Svg.escape(group) + "</th>");
        for (ReportedRun one : runs) {
            table.append("<th class=\"number\">")
                    .append(runs.size() > 1 ? Svg.escape(one.name()) : "")
                    .append("</th>");
        }
        table.append("</tr></thead><tbody>");
        for (String name : names) {
            List<String> values = runs.stream()
                    .map(one -> one.settings().getOrDefault(name, UNSET))
                    .toList();
            boolean differs = values.stream().distinct().count() > 1;
            table.append(differs ? "<tr class=\"differs\"><th>" : "<tr><th>")
                    .append(Svg.escape(name.substring(name.indexOf('.') + 1)))
                    .append("</th>");
            for (String value : values) {
                table.append("<td class=\"number\">").append(Svg.escape(value)).append("</td>");
            }
            table.append("</tr>");
        }
        return table.append("</tbody></table></div>").toString();
    }

    private static String note(String text) {
        return "<p class=\"note\">" + Svg.escape(text) + "</p>";
    }
}
