package io.github.qwop.goal;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.qwop.game.Rules;
import io.github.qwop.report.StudyInBrief;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.metrics.MetricsLog;
import io.github.qwop.run.settings.Change;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.study.StudyFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run, or a study, as the goal {@code runs} lists it.
 *
 * @param directory its folder
 * @param settings every setting of its training; empty if there was none, or it cannot be read by this version
 * @param state how far it has come
 * @param best mean distance of the evaluation in the training that found the best network, or what a study's best trial
 *     reached, with its unit; empty if there was none
 * @param remarks what else there is to say, a sentence each
 * @param bytes of all its files
 * @param at when it last came further
 */
record ListedRun(
        RunDirectory directory,
        Map<String, String> settings,
        String state,
        String best,
        List<String> remarks,
        long bytes,
        Instant at) {

    private static final String BEST_SCORE = "eval/best_score";
    private static final String DISTANCE = "eval/distance";
    private static final int MOST_CHANGES = 8;

    /** The runs and studies in a folder, that which came further last first. */
    static List<ListedRun> in(Path folder) throws IOException {
        List<RunDirectory> directories;
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            directories = files.filter(Files::isDirectory)
                    .map(RunDirectory::new)
                    .filter(directory -> directory.isRun() || StudyFile.isIn(directory.path()))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        List<ListedRun> runs = new ArrayList<>();
        for (RunDirectory directory : directories) {
            runs.add(of(directory));
        }
        runs.sort(Comparator.comparing((ListedRun run) -> run.at()).reversed().thenComparing(ListedRun::name));
        return runs;
    }

    private static ListedRun of(RunDirectory directory) throws IOException {
        if (StudyFile.isIn(directory.path())) {
            return study(directory);
        }
        Map<String, String> settings = settings(directory);
        double best = best(directory);
        return new ListedRun(
                directory,
                settings,
                state(directory, settings),
                Double.isNaN(best) ? "" : String.format(Locale.ROOT, "%.2f m", best),
                List.of(),
                bytes(directory),
                at(directory));
    }

    private static ListedRun study(RunDirectory directory) throws IOException {
        long bytes = bytes(directory);
        Instant at = at(directory);
        try {
            StudyInBrief study = StudyInBrief.read(directory.path());
            return new ListedRun(
                    directory,
                    Map.of(),
                    "study, " + study.extent(),
                    study.figure(),
                    List.of(study.best() + " " + study.trainings()),
                    bytes,
                    at);
        } catch (SettingException e) {
            return new ListedRun(
                    directory,
                    Map.of(),
                    "damaged: " + StudyFile.NAME,
                    "",
                    List.of(String.valueOf(e.getMessage())),
                    bytes,
                    at);
        }
    }

    boolean isStudy() {
        return StudyFile.isIn(directory.path());
    }

    String name() {
        return directory.path().getFileName().toString();
    }

    private static Map<String, String> settings(RunDirectory directory) throws IOException {
        try {
            return directory
                    .savedSettings()
                    .map(saved -> RunSpec.saved(saved).settings())
                    .orElse(Map.of());
        } catch (SettingException e) {
            return Map.of();
        }
    }

    private static String state(RunDirectory directory, Map<String, String> settings) throws IOException {
        List<String> damaged = directory.damaged();
        if (!damaged.isEmpty()) {
            return "damaged: " + String.join(", ", damaged);
        }
        if (directory.savedSettings().isEmpty()) {
            return "no training";
        }
        int rules = directory.savedRules().orElse(Rules.VERSION);
        String ofRules = rules == Rules.VERSION ? "" : ", rules " + rules;
        if (directory.isFinished()) {
            return "trained" + ofRules;
        }
        long steps = directory.checkpointSteps();
        String total = settings.get("totalTimesteps");
        return (directory.isAtWork() ? "at work" : "stopped")
                + String.format(Locale.ROOT, ", saved at %,d", steps)
                + (total == null ? "" : String.format(Locale.ROOT, " of %,d", Long.parseLong(total)))
                + ofRules;
    }

    private static final double MOST = 1e15;

    /** The distance in the row in which the best score became what it was at the end. */
    private static double best(RunDirectory directory) throws IOException {
        Path file = directory.path().resolve(MetricsLog.JSON_LINES);
        double best = Double.NaN;
        double score = Double.NaN;
        if (Files.isRegularFile(file)) {
            // A reader like this one goes on behind bytes that are no UTF-8.
            try (BufferedReader in =
                    new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    double now = line.contains(BEST_SCORE) ? number(line, BEST_SCORE) : Double.NaN;
                    if (!Double.isNaN(now) && now != score) {
                        score = now;
                        best = number(line, DISTANCE);
                    }
                }
            }
        }
        return best;
    }

    private static double number(String line, String name) {
        try {
            JsonObject row = JsonParser.parseString(line).getAsJsonObject();
            JsonElement value = row.get(name);
            double number = value == null ? Double.NaN : value.getAsDouble();
            // More than that nobody has run: the row is damaged.
            return Math.abs(number) < MOST ? number : Double.NaN;
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException | NumberFormatException e) {
            // A row that was being written when the machine went down.
            return Double.NaN;
        }
    }

    private static long bytes(RunDirectory directory) throws IOException {
        long bytes = 0;
        for (Path file : RunCopy.files(directory)) {
            bytes += Files.exists(file) ? Files.size(file) : 0;
        }
        return bytes;
    }

    private static Instant at(RunDirectory directory) throws IOException {
        List<Path> telling = new ArrayList<>(directory.checkpointFiles());
        telling.add(directory.model());
        telling.add(directory.spec());
        telling.add(directory.path().resolve(StudyFile.NAME));
        Instant latest = Instant.EPOCH;
        for (Path file : telling) {
            if (Files.exists(file)) {
                Instant written = Files.getLastModifiedTime(file).toInstant();
                latest = written.isAfter(latest) ? written : latest;
            }
        }
        return latest.equals(Instant.EPOCH)
                ? Files.getLastModifiedTime(directory.path()).toInstant()
                : latest;
    }

    /** The head of {@link #row}s. */
    static String head() {
        return String.format(Locale.ROOT, "%-28s %-36s %10s %12s  %s", "run", "state", "best", "size", "age");
    }

    String row(Instant now) {
        return String.format(
                Locale.ROOT,
                "%-28s %-36s %10s %12s  %s",
                name(),
                state,
                best.isEmpty() ? "-" : best,
                megabytes(bytes),
                age(Duration.between(at, now)));
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }

    static String age(Duration age) {
        if (age.toHours() >= 48) {
            return age.toDays() + " days";
        }
        return age.toMinutes() >= 120 ? age.toHours() + " h" : Math.max(0, age.toMinutes()) + " min";
    }

    /** How its settings differ from those of another run, which is named; nothing if it had no training. */
    Optional<String> unlike(ListedRun other) {
        return unlike(other.settings, other.name());
    }

    /** How its settings differ from its algorithm's defaults. */
    Optional<String> unlikeDefaults() {
        String algorithm = settings.get("algorithm");
        return algorithm == null
                ? Optional.empty()
                : unlike(RunSpec.saved(Map.of("algorithm", algorithm)).settings(), "the defaults of " + algorithm);
    }

    /**
     * How its settings differ from others; nothing if it had no training.
     *
     * @param others every setting, by dotted name
     * @param what whose they are
     */
    Optional<String> unlike(Map<String, String> others, String what) {
        if (settings.isEmpty()) {
            return Optional.empty();
        }
        List<Change> changes = Change.between(others, settings).stream()
                .filter(change -> !change.name().equals("runId"))
                .toList();
        if (changes.isEmpty()) {
            return Optional.of("settings as " + what);
        }
        int more = changes.size() - MOST_CHANGES;
        return Optional.of("unlike " + what + ": "
                + changes.stream().limit(MOST_CHANGES).map(Change::text).collect(Collectors.joining(", "))
                + (more > 0 ? ", and " + more + " more" : ""));
    }
}
