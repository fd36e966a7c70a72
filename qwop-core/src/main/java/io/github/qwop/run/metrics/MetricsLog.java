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
import java.nio.file.LinkOption;
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
import java.util.function.Consumer;
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
     * @param warn hears of rows that are damaged, which are dropped, and of files that are moved aside because they
     *     cannot be gone on with
     */
    public MetricsLog(Path folder, List<String> columns, long afterSteps, Consumer<String> warn) throws IOException {
        Files.createDirectories(folder);
        MetricRows table = new MetricRows(folder.resolve(CSV), warn);
        List<String> rows = table.table(afterSteps);
        moveAsideUnless(!rows.isEmpty(), table.file(), warn);
        this.columns = joined(columns, rows);
        csv = open(table.file(), under(header(), rows));
        MetricRows all = new MetricRows(folder.resolve(JSON_LINES), warn);
        List<String> objects = all.objects(afterSteps);
        moveAsideUnless(all.isUsable(), all.file(), warn);
        elapsedBefore = objects.isEmpty() ? 0 : elapsed(objects.get(objects.size() - 1));
        lines = open(all.file(), objects);
        events = new EventFile(folder.resolve(TENSORBOARD), seconds());
        if (afterSteps > 0) {
            events.restarted(seconds(), afterSteps + 1);
        }
    }

    /**
     * The rows of a run's folder, in the order of their steps; those that are damaged are left out.
     *
     * @param folder the run's folder; without metrics in it there are no rows
     */
    public static List<Map<String, Double>> rows(Path folder) throws IOException {
        List<Map<String, Double>> rows = new ArrayList<>();
        for (String line : new MetricRows(folder.resolve(JSON_LINES), warning -> {}).objects(Long.MAX_VALUE)) {
            Map<String, Double> row = new LinkedHashMap<>();
            GSON.fromJson(line, JsonObject.class)
                    .entrySet()
                    .forEach(value -> row.put(value.getKey(), value.getValue().getAsDouble()));
            rows.add(row);
        }
        return rows;
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

    private static void moveAsideUnless(boolean usable, Path file, Consumer<String> warn) throws IOException {
        if (!usable && Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !isEmpty(file)) {
            warn.accept("The metrics in " + file + " cannot be gone on with: moved to " + AtomicFile.moveAside(file)
                    + ", and begun anew.");
        }
    }

    private static boolean isEmpty(Path file) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) == 0;
    }

    private static BufferedWriter open(Path file, List<String> kept) throws IOException {
        AtomicFile.write(file, kept.stream().map(line -> line + "\n").collect(Collectors.joining()));
        return Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
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
