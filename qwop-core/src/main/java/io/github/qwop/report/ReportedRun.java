package io.github.qwop.report;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.github.qwop.file.Fault;
import io.github.qwop.file.InputFile;
import io.github.qwop.report.chart.Point;
import io.github.qwop.run.Algorithm;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.metrics.MetricsLog;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run's folder tells, as far as it is there: a run may be at work, and an evaluation missing.
 *
 * @param name name of the folder, which is the run's; with its parents' where others have the same
 * @param directory the folder
 * @param settings the resolved settings by dotted name; empty if there are none
 * @param rows the metrics, in the order of steps
 * @param seconds wall time of each row since the training began
 * @param reached wall time at which each number of steps was first reached, by steps; only rows that went further
 * @param timeEstimated whether some of the wall time is worked out from {@code time/fps}
 * @param events what the collapse guard saw and did
 * @param evaluation the last evaluation; null if there is none, or it is damaged
 * @param evaluationDamaged whether there is an evaluation that cannot be read
 * @param provenance when, by what and where it was trained; null if nobody says
 * @param search what the last search tells; null if there was none, or it is damaged
 * @param sensitivity what the last measurement of that tells; null if there was none, or it is damaged
 * @param best the episodes that are worth drawing, at most that of the evaluation and that of the search
 * @param leftOut what could not be read, a sentence each
 */
record ReportedRun(
        String name,
        RunDirectory directory,
        Map<String, String> settings,
        List<Map<String, Double>> rows,
        List<Double> seconds,
        NavigableMap<Double, Double> reached,
        boolean timeEstimated,
        List<Event> events,
        @Nullable JsonObject evaluation,
        boolean evaluationDamaged,
        @Nullable JsonObject provenance,
        @Nullable JsonObject search,
        @Nullable JsonObject sensitivity,
        List<Best> best,
        List<String> leftOut) {

    private static final Gson GSON = new Gson();
    private static final String FPS = "time/fps";
    private static final double MOST = 1e15;

    /** Who finished, and what is told instead where metrics are of an earlier version. */
    static final String FINISHED = "user/finished";

    private static final String SUCCESS = "user/is_success";

    /**
     * A deed of the collapse guard.
     *
     * @param steps environment steps
     * @param seen what it saw
     * @param done what it did
     */
    record Event(double steps, String seen, String done) {}

    /**
     * Reads a run. A damaged file is read as far as it can be.
     *
     * @param name what to call it
     * @throws SettingException if no run lies there
     */
    static ReportedRun read(String name, Path folder) throws IOException {
        return read(name, folder, true);
    }

    /**
     * Reads a run likewise.
     *
     * @param plays whether its best episodes are played anew
     */
    static ReportedRun read(String name, Path folder, boolean plays) throws IOException {
        RunDirectory directory = new RunDirectory(folder);
        Path metrics = folder.resolve(MetricsLog.JSON_LINES);
        if (!Files.isRegularFile(directory.spec())
                && !Files.isRegularFile(metrics)
                && !Files.isRegularFile(directory.evaluation())
                && !Files.isRegularFile(directory.sensitivity())
                && !Files.isRegularFile(directory.searchFile())) {
            throw new SettingException(
                    "There is no run in " + folder
                            + ": run qwop:train, qwop:evaluate or qwop:search first, or set runId and outputDirectory to a run's.");
        }
        List<String> leftOut = new ArrayList<>();
        List<Map<String, Double>> rows = new ArrayList<>();
        for (JsonObject object : objects(metrics, MetricsLog.STEPS, leftOut)) {
            rows.add(numbers(object));
        }
        List<Event> events = new ArrayList<>();
        for (JsonObject object : objects(directory.events(), "steps", leftOut)) {
            events.add(new Event(number(object, "steps"), text(object, "seen"), text(object, "done")));
        }
        if (directory.isSpecDamaged()) {
            leftOut.add("spec.json is unreadable: the settings are those of a checkpoint, if there is a whole one.");
        }
        List<Double> seconds = new ArrayList<>();
        boolean estimated = time(rows, seconds);
        JsonObject evaluation = object(directory.evaluation());
        JsonObject search = object(directory.searchFile());
        if (search == null && Files.exists(directory.searchFile())) {
            leftOut.add("search.json is unreadable: run qwop:search again.");
        }
        return new ReportedRun(
                name,
                directory,
                directory.savedSettings().orElse(Map.of()),
                List.copyOf(rows),
                List.copyOf(seconds),
                reached(rows, seconds),
                estimated,
                List.copyOf(events),
                evaluation,
                evaluation == null && Files.exists(directory.evaluation()),
                provenance(directory),
                search,
                object(directory.sensitivity()),
                plays ? Best.of(directory, search) : List.of(),
                List.copyOf(leftOut));
    }

    private static @Nullable JsonObject provenance(RunDirectory directory) throws IOException {
        try {
            return directory
                    .provenance()
                    .map(told -> GSON.toJsonTree(told).getAsJsonObject())
                    .orElse(null);
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /**
     * The objects in a file of JSON lines. A line that is damaged or still being written is left out, and so is one
     * without a number of steps, which no chart has a place for.
     */
    private static List<JsonObject> objects(Path file, String steps, List<String> leftOut) {
        List<JsonObject> objects = new ArrayList<>();
        if (!Files.exists(file)) {
            return objects;
        }
        try {
            int damaged = 0;
            for (String line : InputFile.text(file).lines().toList()) {
                JsonObject object = object(line);
                if (object != null && Double.isFinite(number(object, steps))) {
                    objects.add(object);
                } else {
                    damaged++;
                }
            }
            if (damaged > 0) {
                leftOut.add(file.getFileName() + ": " + damaged + " of its lines could not be read.");
            }
        } catch (IOException e) {
            leftOut.add(file.getFileName() + " could not be read: " + Fault.of(e) + ".");
        }
        return objects;
    }

    /** The object in a text; null if it is none. */
    private static @Nullable JsonObject object(String text) {
        try {
            return GSON.fromJson(text, JsonObject.class);
        } catch (JsonParseException | ClassCastException | IllegalStateException e) {
            return null;
        }
    }

    private static Map<String, Double> numbers(JsonObject object) {
        Map<String, Double> numbers = new TreeMap<>();
        for (String name : object.keySet()) {
            numbers.put(name, number(object, name));
        }
        return numbers;
    }

    /** Wall time by row; runs of earlier versions did not write it, but how fast they were. */
    private static boolean time(List<Map<String, Double>> rows, List<Double> seconds) {
        boolean estimated = false;
        double now = 0;
        double steps = 0;
        for (Map<String, Double> row : rows) {
            Double elapsed = row.get(MetricsLog.TIME_ELAPSED);
            double reached = row.getOrDefault(MetricsLog.STEPS, steps);
            if (elapsed != null && Double.isFinite(elapsed)) {
                now = Math.max(now, elapsed);
                steps = reached;
            } else if (row.getOrDefault(FPS, 0.0) > 0) {
                now += (reached - steps) / row.getOrDefault(FPS, 1.0);
                steps = reached;
                estimated = true;
            }
            seconds.add(now);
        }
        return estimated;
    }

    private static NavigableMap<Double, Double> reached(List<Map<String, Double>> rows, List<Double> seconds) {
        NavigableMap<Double, Double> reached = new TreeMap<>();
        for (int i = 0; i < rows.size(); i++) {
            double steps = rows.get(i).getOrDefault(MetricsLog.STEPS, 0.0);
            if (reached.isEmpty() || steps > reached.lastKey()) {
                reached.put(steps, seconds.get(i));
            }
        }
        return Collections.unmodifiableNavigableMap(reached);
    }

    /** The object in a file; null if there is none, or none that can be read. */
    private static @Nullable JsonObject object(Path file) {
        try {
            return Files.exists(file) ? object(InputFile.text(file)) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** A number in an object; NaN if it is not there, or larger than any that belongs there. */
    static double number(JsonObject object, String name) {
        return numeral(text(object, name));
    }

    /** The number that a text says; NaN if it is none. */
    static double numeral(String text) {
        try {
            double number = Double.parseDouble(text);
            return Math.abs(number) <= MOST ? number : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** A text in an object; empty if it is not there. */
    static String text(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
    }

    /** An object's list of objects; empty if it is not there. */
    static List<JsonObject> list(JsonObject object, String name) {
        List<JsonObject> list = new ArrayList<>();
        if (object.get(name) != null && object.get(name).isJsonArray()) {
            for (JsonElement element : object.getAsJsonArray(name)) {
                if (element.isJsonObject()) {
                    list.add(element.getAsJsonObject());
                }
            }
        }
        return list;
    }

    /** Whether there is an evaluation, be it a damaged one. */
    boolean isEvaluated() {
        return evaluation != null || evaluationDamaged;
    }

    /** Whether it was trained here; else a policy from elsewhere was evaluated under its name. */
    boolean isTrained() {
        return !rows.isEmpty() || Files.isRegularFile(directory.spec());
    }

    /** What learned; empty where that is not told, or by a name of another version. */
    Optional<Algorithm> algorithm() {
        String name = settings.getOrDefault("algorithm", "");
        return Arrays.stream(Algorithm.values())
                .filter(algorithm -> algorithm.text().equals(name))
                .findFirst();
    }

    /** Environment steps of the last row. */
    double steps() {
        return rows.isEmpty() ? 0 : rows.get(rows.size() - 1).getOrDefault(MetricsLog.STEPS, 0.0);
    }

    /** Seconds of wall time at the last row. */
    double elapsed() {
        return seconds.isEmpty() ? 0 : seconds.get(seconds.size() - 1);
    }

    /** Seconds of wall time when the training had come so far. */
    double elapsedAt(double steps) {
        Map.Entry<Double, Double> first = reached.ceilingEntry(steps);
        return first == null ? elapsed() : first.getValue();
    }

    /** A metric over the environment steps, its values times a factor; where it is not finite it has no point. */
    List<Point> curve(String metric, double factor) {
        List<Point> points = new ArrayList<>();
        for (Map<String, Double> row : rows) {
            Double value = row.get(metric);
            if (value == null && metric.equals(FINISHED)) {
                value = row.get(SUCCESS);
            }
            Double steps = row.get(MetricsLog.STEPS);
            if (value != null && steps != null && Double.isFinite(value)) {
                points.add(new Point(steps, value * factor));
            }
        }
        return points;
    }

    /** The row of the best evaluation during the training; null if there was none. */
    @Nullable
    Map<String, Double> bestRow() {
        Map<String, Double> best = null;
        double score = Double.NEGATIVE_INFINITY;
        for (Map<String, Double> row : rows) {
            double now = row.getOrDefault("eval/best_score", Double.NaN);
            // By whatever the best is chosen, its score is another when it is another policy.
            if (!Double.isNaN(now) && now != score) {
                score = now;
                best = row;
            }
        }
        return best;
    }
}
