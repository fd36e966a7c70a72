package io.github.qwop.run.metrics;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a metrics file that a power cut, a full disk or an editor may have damaged. A damaged row is left
 * out and told by file and number; the others stand.
 *
 * @param file the file, which need not exist
 * @param warn hears a sentence for each damaged row
 */
record MetricRows(Path file, Consumer<String> warn) {

    private static final Gson GSON = new Gson();

    /** A row has some hundreds; a disk that lost a block may leave one without end. */
    private static final int MOST_CHARACTERS = 1 << 16;

    /** Some hundred thousand rows: a training writes some thousands. */
    private static final long MOST_BYTES = 1L << 27;

    private static final char REPLACED = '\ufffd';

    /** Whether there is a file whose rows can be read; what is larger than any training's is not. */
    boolean isUsable() throws IOException {
        return Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES;
    }

    /** The rows of JSON lines up to these steps. */
    List<String> objects(long mostSteps) throws IOException {
        return read(row -> stepsOfObject(row), mostSteps);
    }

    /** The rows of a CSV file up to these steps, its header first; none if that is damaged or missing. */
    List<String> table(long mostSteps) throws IOException {
        int[] columns = {-1};
        return read(
                row -> {
                    int values = row.split(",", -1).length;
                    if (columns[0] < 0) {
                        columns[0] = row.startsWith(MetricsLog.STEPS) ? values : 0;
                        return columns[0] == 0 ? null : -1L;
                    }
                    return values == columns[0] ? stepsOf(row.substring(0, row.indexOf(',') + 1)) : null;
                },
                mostSteps);
    }

    /** Tells the steps of a row; null if it is damaged. */
    @FunctionalInterface
    private interface Steps {
        @Nullable
        Long of(String row);
    }

    private List<String> read(Steps steps, long mostSteps) throws IOException {
        List<String> kept = new ArrayList<>();
        if (!isUsable()) {
            return kept;
        }
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            StringBuilder row = new StringBuilder();
            int number = 1;
            for (int letter = in.read(); letter >= 0; letter = in.read()) {
                if (letter == '\n') {
                    take(row, number, steps, mostSteps, kept);
                    row.setLength(0);
                    number++;
                } else if (row.length() <= MOST_CHARACTERS && letter != '\r') {
                    row.append((char) letter);
                }
            }
            // What has no line's end was cut off in its writing.
            if (row.length() > 0) {
                tell(number);
            }
        }
        return kept;
    }

    private void take(CharSequence letters, int number, Steps steps, long mostSteps, List<String> kept) {
        String row = letters.toString();
        Long at = row.length() > MOST_CHARACTERS || row.indexOf(REPLACED) >= 0 ? null : steps.of(row);
        if (at == null) {
            tell(number);
        } else if (at <= mostSteps) {
            kept.add(row);
        }
    }

    private void tell(int number) {
        warn.accept("Row " + number + " of " + file + " is damaged and left out.");
    }

    private static @Nullable Long stepsOfObject(String row) {
        try {
            JsonObject object = GSON.fromJson(row, JsonObject.class);
            if (object == null || !object.has(MetricsLog.STEPS)) {
                return null;
            }
            for (String name : object.keySet()) {
                if (!Double.isFinite(object.get(name).getAsDouble())) {
                    return null;
                }
            }
            return object.get(MetricsLog.STEPS).getAsLong();
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException | NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Long stepsOf(String cell) {
        try {
            return Long.valueOf(cell.replace(",", ""));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
