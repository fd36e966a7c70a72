package io.github.qwop.run.metrics;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.qwop.run.checkpoint.AtomicFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Appends a run's metrics to {@code metrics.csv}, {@code metrics.jsonl} and a TensorBoard event file, under
 * stable-baselines3's names. The CSV has one column per name known at the beginning; a value that does not exist yet is
 * empty there and absent elsewhere. Columns that only an earlier version wrote stay, after the others.
 */
public final class MetricsLog implements AutoCloseable {

    /** File names in the run's folder. */
    public static final String CSV = "metrics.csv";

    public static final String JSON_LINES = "metrics.jsonl";

    /** Folder of the event files in the run's folder. */
    public static final String TENSORBOARD = "tensorboard";

    /** The steps' column. */
    public static final String STEPS = "time/total_timesteps";

    /** Seconds of wall time that the run has been trained for, see {@link #elapsed}. */
    public static final String TIME_ELAPSED = "time/time_elapsed";

    private static final double NANOS_PER_SECOND = 1e9;

    private static final Gson GSON =
            new GsonBuilder().serializeSpecialFloatingPointValues().create();

    private final List<String> columns;
    private final BufferedWriter csv;
    private final BufferedWriter lines;
    private final EventFile events;
    private final double elapsedBefore;
    private final long begin = System.nanoTime();

    /**
     * Opens the files of a run.
     *
     * @param folder the run's folder
     * @param columns all names that values may have, beside {@link #STEPS}
     * @param afterSteps rows of later steps than this are dropped from the CSV and the JSON lines: a resumed run writes
     *     them again
     */
    public MetricsLog(Path folder, List<String> columns, long afterSteps) throws IOException {
        Files.createDirectories(folder);
        List<String> rows = kept(folder.resolve(CSV), afterSteps);
        this.columns = joined(columns, rows);
        csv = open(folder.resolve(CSV), under(header(), rows));
        List<String> objects = kept(folder.resolve(JSON_LINES), afterSteps);
        elapsedBefore = objects.isEmpty() ? 0 : elapsed(objects.get(objects.size() - 1));
        lines = open(folder.resolve(JSON_LINES), objects);
        events = new EventFile(folder.resolve(TENSORBOARD), seconds());
        if (afterSteps > 0) {
            events.restarted(seconds(), afterSteps + 1);
        }
    }

    /** The names given, and those that the rows under an older header have besides. */
    private static List<String> joined(List<String> columns, List<String> rows) {
        Set<String> names = new LinkedHashSet<>(columns);
        if (!rows.isEmpty() && rows.get(0).startsWith(STEPS)) {
            List<String> old = List.of(rows.get(0).split(",", -1));
            names.addAll(old.subList(1, old.size()));
        }
        return List.copyOf(names);
    }

    /** The rows under a header, their values moved to where it has their names. */
    private static List<String> under(String header, List<String> rows) {
        List<String> moved = new ArrayList<>(List.of(header));
        if (rows.isEmpty() || !rows.get(0).startsWith(STEPS)) {
            return moved;
        }
        List<String> old = List.of(rows.get(0).split(",", -1));
        int[] from = Arrays.stream(header.split(",", -1)).mapToInt(old::indexOf).toArray();
        for (String row : rows.subList(1, rows.size())) {
            String[] values = row.split(",", -1);
            moved.add(Arrays.stream(from)
                    .mapToObj(i -> i < 0 || i >= values.length ? "" : values[i])
                    .collect(Collectors.joining(",")));
        }
        return moved;
    }

    private String header() {
        return STEPS + "," + String.join(",", columns);
    }

    /** The lines of a file that stand, its header among them. */
    private static List<String> kept(Path file, long afterSteps) throws IOException {
        List<String> kept = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                if (stepsOf(line) <= afterSteps) {
                    kept.add(line);
                }
            }
        }
        return kept;
    }

    private static BufferedWriter open(Path file, List<String> kept) throws IOException {
        AtomicFile.write(file, kept.stream().map(line -> line + "\n").collect(Collectors.joining()));
        return Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }

    /** The steps of a line of either file; a header, or a line cut off by a killed process, has its own answer. */
    private static long stepsOf(String line) {
        if (line.startsWith(STEPS)) {
            return -1;
        }
        int from = line.startsWith("{") ? line.indexOf(':') + 1 : 0;
        int to = line.indexOf(',', from);
        try {
            return to < 0 ? Long.MAX_VALUE : (long) Double.parseDouble(line.substring(from, to));
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    /** The wall time in a line of the JSON lines; runs of earlier versions have none. */
    private static double elapsed(String line) {
        JsonElement value = GSON.fromJson(line, JsonObject.class).get(TIME_ELAPSED);
        return value == null ? 0 : value.getAsDouble();
    }

    /**
     * Seconds of wall time that the run has been trained for: since this log was opened, and before, as far as the last
     * row that stood tells. What a killed training did after its last checkpoint is done, and counted, again.
     */
    public double elapsed() {
        return elapsedBefore + (System.nanoTime() - begin) / NANOS_PER_SECOND;
    }

    /** Appends one row to each file. */
    public void write(long steps, Map<String, Double> values) throws IOException {
        StringBuilder row = new StringBuilder(Long.toString(steps));
        for (String column : columns) {
            Double value = values.get(column);
            row.append(',');
            if (value != null && !value.isNaN()) {
                row.append(value);
            }
        }
        csv.write(row + "\n");
        csv.flush();
        Map<String, Number> object = new LinkedHashMap<>();
        object.put(STEPS, steps);
        new TreeMap<>(values).forEach((name, value) -> {
            // JSON has no numbers for the others, and a row of them must not end the training before its guard does.
            if (Double.isFinite(value)) {
                object.put(name, value);
            }
        });
        lines.write(GSON.toJson(object) + "\n");
        lines.flush();
        events.write(seconds(), steps, values);
    }

    private static double seconds() {
        return System.currentTimeMillis() / 1000.0;
    }

    @Override
    public void close() throws IOException {
        csv.close();
        lines.close();
        events.close();
    }
}
