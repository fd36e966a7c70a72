package io.github.qwop.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import io.github.qwop.file.Fault;
import io.github.qwop.file.InputFile;
import io.github.qwop.game.Rules;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.checkpoint.Checkpoint;
import io.github.qwop.run.checkpoint.CheckpointException;
import io.github.qwop.run.checkpoint.Manifest;
import io.github.qwop.run.settings.Change;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

    private static final Pattern CHECKPOINT = Pattern.compile("model_(\\d{1,18})_steps\\.zip");

    /** Settings that decide what is written down about a training, not what becomes of it. */
    private static final Set<String> HOUSEKEEPING = Set.of("nCheckpoints", "keepCheckpoints", "logInterval");

    private static final int MOST_SPEC = 1 << 22;

    /** Stands for the value of a setting that only another algorithm has. */
    private static final String ABSENT = "-";

    private static final String TRAINING_LOCK = ".lock";

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

    /** Folder of the recordings that the last evaluation kept; what else lies in it is left alone. */
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

    /** Folder of the recordings that the goal {@code record} keeps. */
    public Path recorded() {
        return path.resolve("recorded");
    }

    /** Folder of what searches have found, a recording for each start. */
    public Path search() {
        return path.resolve("search");
    }

    /** What the last search tells of itself. */
    public Path searchFile() {
        return path.resolve("search.json");
    }

    /** What is left of the policy where its keys fail. */
    public Path sensitivity() {
        return path.resolve("sensitivity.json");
    }

    /** The report. */
    public Path report() {
        return path.resolve("report.html");
    }

    /** The report's verdict and figures as Markdown. */
    public Path summary() {
        return path.resolve("report.md");
    }

    /** The exported policy. */
    public Path onnx() {
        return path.resolve("policy.onnx");
    }

    /** What {@code spec.json} holds. */
    private record SpecFile(
            int format,
            @Nullable Integer rules,
            @Nullable Map<String, String> settings,
            @Nullable Map<String, String> inputs,
            @Nullable Provenance provenance) {
        private static final int FORMAT = 1;
    }

    /**
     * Whether the run that lies here is one of these settings and of today's rules of the game, and began with these
     * files and classes. What decides nothing about the model, such as how many checkpoints are kept, is not compared.
     *
     * @param inputs checksums of what some settings name, by setting: where there is one on both sides, it is what is
     *     named that counts, not the name
     */
    public boolean holds(Map<String, String> settings, Map<String, String> inputs) throws IOException {
        return changes(settings, inputs).filter(List::isEmpty).isPresent();
    }

    /**
     * What a training of these settings has otherwise than the run that lies here, as {@link #holds} compares them.
     *
     * @return nothing if no run lies here that was trained under today's rules and whose settings can be read
     */
    public Optional<List<Change>> changes(Map<String, String> settings, Map<String, String> inputs) throws IOException {
        SpecFile file = specFile().orElse(null);
        if (file == null || file.settings() == null || Rules.of(file.rules()) != Rules.VERSION) {
            return Optional.empty();
        }
        try {
            Map<String, String> saved = RunSpec.saved(file.settings()).settings();
            Map<String, String> savedInputs = file.inputs() == null ? Map.of() : file.inputs();
            List<Change> changes = new ArrayList<>();
            Set<String> names = new LinkedHashSet<>(settings.keySet());
            names.addAll(saved.keySet());
            names.removeAll(HOUSEKEEPING);
            for (String name : names) {
                String before = saved.getOrDefault(name, ABSENT);
                String now = settings.getOrDefault(name, ABSENT);
                boolean compared = savedInputs.containsKey(name) && inputs.containsKey(name);
                if (compared
                        && !Extension.isSame(String.valueOf(savedInputs.get(name)), String.valueOf(inputs.get(name)))) {
                    changes.add(new Change(name, before, now + (before.equals(now) ? ", with other content" : "")));
                } else if (!compared && !before.equals(now)) {
                    changes.add(new Change(name, before, now));
                }
            }
            return Optional.of(changes);
        } catch (SettingException e) {
            return Optional.empty();
        }
    }

    /** The version of the game's rules that the run that lies here was trained under, if one does. */
    public Optional<Integer> savedRules() throws IOException {
        return specFile().map(file -> Rules.of(file.rules()));
    }

    /** The settings of the run that lies here, if one does; of a damaged file those of its newest checkpoint. */
    public Optional<Map<String, String>> savedSettings() throws IOException {
        return specFile().flatMap(file -> Optional.ofNullable(file.settings()));
    }

    /** Checksums of what the run that lies here began with, as {@link #holds} compares them. */
    public Map<String, String> savedInputs() throws IOException {
        return specFile().map(SpecFile::inputs).orElse(Map.of());
    }

    /** Who trained here last; empty if nobody did, or a version that did not say. */
    public Optional<Provenance> provenance() throws IOException {
        return specFile().flatMap(file -> Optional.ofNullable(file.provenance()));
    }

    private Optional<SpecFile> specFile() throws IOException {
        if (!Files.exists(spec())) {
            return Optional.empty();
        }
        Optional<SpecFile> file = readSpec();
        return file.isPresent() ? file : specOfCheckpoint();
    }

    /** Whether there is a {@code spec.json} that cannot be read, so that its settings are a checkpoint's. */
    public boolean isSpecDamaged() {
        return Files.exists(spec()) && readSpec().isEmpty();
    }

    /**
     * Names of the files of this run that cannot be read though they are there: settings, networks, newest checkpoint.
     */
    public List<String> damaged() throws IOException {
        List<String> damaged = new ArrayList<>();
        if (isSpecDamaged()) {
            damaged.add(spec().getFileName().toString());
        }
        List<Path> files = new ArrayList<>(List.of(model(), best()));
        checkpointFiles().stream().limit(1).forEach(files::add);
        for (Path file : files) {
            if (Files.exists(file)) {
                try (Checkpoint checkpoint = Checkpoint.open(file)) {
                    checkpoint.manifest();
                } catch (CheckpointException e) {
                    damaged.add(file.getFileName().toString());
                }
            }
        }
        return damaged;
    }

    private Optional<SpecFile> readSpec() {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(InputFile.bytes(spec(), MOST_SPEC)))
                    .toString();
            SpecFile file = GSON.fromJson(text, SpecFile.class);
            if (file != null && file.settings() != null && !file.settings().containsValue(null)) {
                return Optional.of(file);
            }
        } catch (JsonParseException | NumberFormatException | IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** A checkpoint says too what it was trained with. */
    private Optional<SpecFile> specOfCheckpoint() throws IOException {
        for (Path file : checkpointFiles()) {
            try (Checkpoint checkpoint = Checkpoint.open(file)) {
                Manifest manifest = checkpoint.manifest();
                return Optional.of(
                        new SpecFile(SpecFile.FORMAT, manifest.rules(), manifest.settings(), Map.of(), null));
            } catch (CheckpointException e) {
                // The one before may be whole.
            }
        }
        return Optional.empty();
    }

    /**
     * Begins a run here, or goes on with it.
     *
     * @param inputs as {@link #holds} compares them; of what is gone by now, those that lie here stay
     * @throws SettingException if the folder cannot be written
     */
    public void begin(Map<String, String> settings, Map<String, String> inputs) {
        try {
            Map<String, String> all = new TreeMap<>();
            specFile().map(SpecFile::inputs).ifPresent(all::putAll);
            all.putAll(inputs);
            Files.createDirectories(checkpoints());
            SpecFile file = new SpecFile(SpecFile.FORMAT, Rules.VERSION, settings, all, Provenance.of(settings));
            AtomicFile.write(spec(), GSON.toJson(file) + "\n");
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private SettingException unwritable(IOException e) {
        return new SettingException(
                "The folder " + path + " cannot be written (" + Fault.of(e)
                        + "): set outputDirectory to a folder that can, or make room.",
                e);
    }

    /**
     * Keeps other trainings out of this folder until the result is closed, or until this JVM ends, however it does.
     *
     * @throws SettingException if another training is at work here, or nothing can be written
     */
    public FileChannel lock() throws IOException {
        return lock(
                TRAINING_LOCK,
                "Another training is at work in " + path
                        + ": wait for its end, stop it, or give this one another runId.");
    }

    /**
     * Keeps out likewise whoever else writes the evaluation or its recordings; a training may go on meanwhile.
     *
     * @throws SettingException if one of them is at work here, or nothing can be written
     */
    public FileChannel lockEvaluation() throws IOException {
        return lock(
                ".evaluation.lock",
                "Another evaluation or certification is at work in " + path
                        + ": wait for its end, or give this one another runId.");
    }

    /**
     * Keeps out likewise whoever else searches here.
     *
     * @throws SettingException if another search is at work here, or nothing can be written
     */
    public FileChannel lockSearch() throws IOException {
        return lock(
                ".search.lock",
                "Another search is at work in " + path
                        + ": wait for its end, stop it, or give this one another runId.");
    }

    /**
     * Checks, before the work, that what is to be written here can take its place.
     *
     * @throws SettingException if a folder stands where a file belongs, or a file where a folder does
     */
    public void checkPlaces() {
        for (Path file : List.of(
                spec(),
                best(),
                model(),
                events(),
                evaluation(),
                searchFile(),
                report(),
                summary(),
                onnx(),
                bestRecording(),
                medianRecording())) {
            if (Files.isDirectory(file)) {
                throw taken(file, "a folder", "a file");
            }
        }
        for (Path folder : List.of(path, checkpoints(), recordings(), recorded(), search())) {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw taken(folder, "a file", "a folder");
            }
        }
    }

    private static SettingException taken(Path place, String found, String wanted) {
        return new SettingException(place + " is " + found + ", and a run has " + wanted
                + " there: move it away, or set runId or outputDirectory to another place.");
    }

    /**
     * Keeps out likewise whoever else works at the study whose folder this is.
     *
     * @throws SettingException if another sweep is at work here, or nothing can be written
     */
    public FileChannel lockStudy() throws IOException {
        return lock(
                ".study.lock",
                "Another sweep is at work in " + path
                        + ": wait for its end, stop it, or give this one another studyId.");
    }

    private FileChannel lock(String suffix, String refusal) throws IOException {
        checkPlaces();
        Path file = lockFile(suffix);
        FileChannel channel;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw unwritable(e);
        }
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // This very JVM holds it.
        }
        channel.close();
        throw new SettingException(refusal);
    }

    /** Beside the folder, which may be moved aside. It stays: deleting it would let two in that come at once. */
    private Path lockFile(String suffix) {
        return path.resolveSibling("." + path.getFileName() + suffix);
    }

    /** Whether anything lies here. */
    public boolean exists() throws IOException {
        if (!Files.isDirectory(path)) {
            return Files.exists(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.findAny().isPresent();
        }
    }

    /**
     * What tells the training that has begun here from another that takes its place.
     *
     * @param file the file system's own name for the file of its settings; null where it has none
     * @param written when that was written
     */
    public record Mark(@Nullable Object file, FileTime written) {}

    /** The mark of the training that has begun here; nothing if there is none, or the folder was removed. */
    public Optional<Mark> mark() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(spec(), BasicFileAttributes.class);
            return Optional.of(new Mark(attributes.fileKey(), attributes.lastModifiedTime()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether the training that lies here has come to its end. */
    public boolean isFinished() {
        return Files.exists(model());
    }

    /** Whether a training of this name lies here: not that of another, whose name happens to be the folder's. */
    boolean isOf(String runId) {
        try {
            return savedSettings()
                    .map(settings -> runId.equals(settings.get("runId")))
                    .orElse(false);
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a training is at work here, in whatever JVM. */
    public boolean isAtWork() throws IOException {
        Path file = lockFile(TRAINING_LOCK);
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    /** Whether any goal has written here. */
    public boolean isRun() {
        return Stream.of(spec(), checkpoints(), evaluation(), recorded(), search(), sensitivity(), onnx(), report())
                .anyMatch(Files::exists);
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

    /** Environment steps of the newest full checkpoint; 0 if there is none. */
    public long checkpointSteps() throws IOException {
        List<Path> files = checkpointFiles();
        return files.isEmpty() ? 0 : steps(files.get(0));
    }

    private static long steps(Path checkpoint) {
        Matcher name = CHECKPOINT.matcher(checkpoint.getFileName().toString());
        return name.matches() ? Long.parseLong(name.group(1)) : -1;
    }

    /** What a study tells of itself, if this folder is a study's, and not a run's. */
    public Path study() {
        return path.resolve("study.json");
    }

    /**
     * Moves the run that lies here aside.
     *
     * @return where it is now
     * @throws SettingException if what lies here is no run, or a study with all its trainings
     */
    public Path moveAside() throws IOException {
        if (Files.exists(study(), LinkOption.NOFOLLOW_LINKS)) {
            throw new SettingException("There is a study in " + path
                    + ": set runId or outputDirectory so that the run has a folder of its own; qwop:sweep goes on with"
                    + " the study.");
        }
        if (!isRun()) {
            throw new SettingException("There is something else than a run in " + path
                    + ": set runId or outputDirectory so that the run has a folder of its own, or clear this one.");
        }
        return AtomicFile.moveAside(path);
    }
}
