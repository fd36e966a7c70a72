package io.github.qwop.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run's folder: the names of its files, and what they say about how far the run has come.
 *
 * @param path the folder, which need not exist yet
 */
public record RunDirectory(Path path) {

    private static final Pattern CHECKPOINT = Pattern.compile("model_(\\d+)_steps\\.zip");
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /** The resolved settings of the run. */
    public Path spec() {
        return path.resolve("spec.json");
    }

    /** Folder of full checkpoints, from which a training can go on. */
    public Path checkpoints() {
        return path.resolve("checkpoints");
    }

    /** The full checkpoint at a number of environment steps. */
    public Path checkpoint(long steps) {
        return checkpoints().resolve("model_" + steps + "_steps.zip");
    }

    /** The network that did best in the training's evaluations. */
    public Path best() {
        return path.resolve("best.zip");
    }

    /** The network at the training's end; its presence says that the training is finished. */
    public Path model() {
        return path.resolve("model.zip");
    }

    /** What the collapse guard saw and did, one JSON object per line. */
    public Path events() {
        return path.resolve("events.jsonl");
    }

    /** The last evaluation. */
    public Path evaluation() {
        return path.resolve("evaluation.json");
    }

    /** The gates of the last evaluation as JUnit's XML, for CI servers. */
    public Path junit(String runId) {
        return path.resolve("TEST-qwop-" + runId + ".xml");
    }

    /** Folder of the recordings that the last evaluation kept. */
    public Path recordings() {
        return path.resolve("recordings");
    }

    /** The best episode of the last evaluation. */
    public Path bestRecording() {
        return recordings().resolve("best.qwop");
    }

    /** The episode in the middle of the last evaluation, by score. */
    public Path medianRecording() {
        return recordings().resolve("median.qwop");
    }

    /** The report. */
    public Path report() {
        return path.resolve("report.html");
    }

    /** The exported policy. */
    public Path onnx() {
        return path.resolve("policy.onnx");
    }

    /** What {@code spec.json} holds. */
    private record SpecFile(
            int format,
            @Nullable Map<String, String> settings,
            @Nullable Map<String, String> inputs) {
        private static final int FORMAT = 1;
    }

    /**
     * Whether the run that lies here has these settings, and began with these files.
     *
     * @param inputs checksums of files that decide what the training does, by setting; a file that is gone is not
     *     compared
     */
    public boolean holds(Map<String, String> settings, Map<String, String> inputs) throws IOException {
        SpecFile file = specFile().orElse(null);
        if (file == null || file.settings() == null) {
            return false;
        }
        try {
            // What an earlier version did not know yet had its default.
            Map<String, String> saved = RunSpec.of(file.settings()).settings();
            return saved.equals(settings)
                    && (file.inputs() == null || file.inputs().entrySet().containsAll(inputs.entrySet()));
        } catch (SettingException e) {
            return false;
        }
    }

    /** The settings of the run that lies here, if one does. */
    public Optional<Map<String, String>> savedSettings() throws IOException {
        return specFile().flatMap(file -> Optional.ofNullable(file.settings()));
    }

    private Optional<SpecFile> specFile() throws IOException {
        if (!Files.exists(spec())) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(GSON.fromJson(Files.readString(spec()), SpecFile.class));
        } catch (JsonParseException e) {
            return Optional.empty();
        }
    }

    /**
     * Begins a run here.
     *
     * @param inputs as {@link #holds} compares them
     * @throws SettingException if the folder cannot be written
     */
    public void begin(Map<String, String> settings, Map<String, String> inputs) {
        try {
            Files.createDirectories(checkpoints());
            AtomicFile.write(spec(), GSON.toJson(new SpecFile(SpecFile.FORMAT, settings, inputs)) + "\n");
        } catch (IOException e) {
            throw new SettingException(
                    "The folder " + path + " cannot be written (" + e
                            + "): set outputDirectory to a folder that can, or make room.",
                    e);
        }
    }

    /** Whether anything of a run lies here. */
    public boolean exists() {
        return Files.exists(path);
    }

    /** Full checkpoints, newest first. */
    public List<Path> checkpointFiles() throws IOException {
        if (!Files.isDirectory(checkpoints())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(checkpoints())) {
            return files.filter(file -> steps(file) >= 0)
                    .sorted(Comparator.comparingLong(RunDirectory::steps).reversed())
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static long steps(Path checkpoint) {
        Matcher name = CHECKPOINT.matcher(checkpoint.getFileName().toString());
        return name.matches() ? Long.parseLong(name.group(1)) : -1;
    }

    /**
     * Moves the run that lies here aside.
     *
     * @return where it is now
     */
    public Path moveAside() throws IOException {
        int number = 1;
        Path aside = aside(number);
        while (Files.exists(aside)) {
            number++;
            aside = aside(number);
        }
        Files.move(path, aside);
        return aside;
    }

    private Path aside(int number) {
        return path.resolveSibling(path.getFileName() + ".old" + number);
    }
}
