package io.github.qwop.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.run.GateException;
import io.github.qwop.run.Notes;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.checkpoint.CheckpointException;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of the user's in a run's folder are still there, as they were, whatever a goal does beside them. */
class ForeignFilesTest {

    private static final Map<String, String> TRAINING = Map.ofEntries(
            Map.entry("runId", "r"),
            Map.entry("algorithm", "dqn"),
            Map.entry("totalTimesteps", "80"),
            Map.entry("nEnvs", "2"),
            Map.entry("learner.learningStarts", "20"),
            Map.entry("learner.bufferSize", "100"),
            Map.entry("learner.batchSize", "4"),
            Map.entry("learner.netArch", "4"),
            Map.entry("guard.evalFreq", "40"),
            Map.entry("guard.evalEpisodes", "1"),
            Map.entry("environment.maxEpisodeSteps", "20"));

    /** What a goal is given so that it ends soon; the pages end when they are asked to. */
    private static final Map<String, Map<String, String>> SHORT = Map.ofEntries(
            Map.entry("train", TRAINING),
            Map.entry("evaluate", Map.of("runId", "r", "episodes", "2", "keepEpisodes", "true")),
            Map.entry("record", Map.of("runId", "r", "episodes", "2")),
            Map.entry("sensitivity", Map.of("runId", "r", "episodes", "1")),
            Map.entry(
                    "search",
                    Map.of("runId", "r", "objective", "split:1", "width", "3", "horizon", "4", "updates", "4_000")),
            Map.entry("gate", Map.of("runId", "r")),
            Map.entry("certify", Map.of("runId", "r")),
            Map.entry("replay", Map.of("runId", "r")),
            Map.entry("report", Map.of("runId", "r")),
            Map.entry("runs", Map.of("prune", "true")),
            Map.entry("export-onnx", Map.of("runId", "r")),
            Map.entry("benchmark", Map.of("runId", "r", "seconds", "0.01")),
            Map.entry("play", Map.of("runId", "r")),
            Map.entry("watch", Map.of("runId", "r")));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path trained;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeAll
    static void train() throws Exception {
        Goals.run("train", trained, TRAINING, new Notes(), () -> false);
        Goals.run("evaluate", trained, Map.of("runId", "r", "episodes", "2"), new Notes(), () -> false);
    }

    /** All but those on Apache Spark, whose libraries are not here: their trainings are goals of these. */
    static Stream<String> goals() {
        return Goals.ALL.stream().filter(goal -> !goal.needsCluster(Map.of())).map(Goal::name);
    }

    @Test
    void everyGoalHasSettings() {
        assertThat(SHORT).containsOnlyKeys(goals().toList());
    }

    @ParameterizedTest
    @MethodSource("goals")
    void inAFolderOfTheUsers(String goal) throws Exception {
        Files.createDirectories(folder.resolve("r"));
        keepsWhatIsNotItsOwn(goal);
    }

    @ParameterizedTest
    @MethodSource("goals")
    void besideATrainedRun(String goal) throws Exception {
        copy();
        keepsWhatIsNotItsOwn(goal);
    }

    /** A folder or a file stands at each place at which the goal would write. */
    @ParameterizedTest
    @MethodSource("goals")
    void wherePlacesAreTaken(String goal) throws Exception {
        copy();
        RunDirectory run = new RunDirectory(folder.resolve("r"));
        for (Path place : List.of(run.report(), run.onnx(), run.searchFile(), run.sensitivity(), run.events())) {
            Files.deleteIfExists(place);
            Files.createDirectories(place);
            Files.writeString(place.resolve("mine.txt"), "in " + place.getFileName());
        }
        for (Path place : List.of(run.search(), run.recorded())) {
            Files.writeString(place, "mine, not a folder");
        }
        keepsWhatIsNotItsOwn(goal);
    }

    private void keepsWhatIsNotItsOwn(String goal) throws Exception {
        Path run = folder.resolve("r");
        for (String name : List.of(
                "thesis.txt",
                "notes/a.qwop",
                "recordings/mine.qwop",
                "recordings/mine/best.qwop",
                "checkpoints/mine.zip",
                "checkpoints/model_x_steps.zip",
                "tensorboard/mine")) {
            Path file = run.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "mine: " + name);
        }
        Map<Path, byte[]> before = mine();

        try {
            Goals.run(goal, folder, SHORT.getOrDefault(goal, Map.of()), new Notes(), stopSoon(goal));
        } catch (SettingException | CheckpointException | GateException | StoppedException | IOException e) {
            // It may be refused; but nothing is lost then either.
        }

        List<byte[]> after = List.copyOf(mine().values());
        before.forEach((file, content) ->
                assertThat(after).as("%s after %s", file, goal).anyMatch(there -> Arrays.equals(there, content)));
    }

    private static BooleanSupplier stopSoon(String goal) {
        return () -> goal.equals("play") || goal.equals("watch");
    }

    /** Every file of the user's, wherever it is now. */
    private Map<Path, byte[]> mine() throws IOException {
        Map<Path, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] content = Files.readAllBytes(file);
                if (content.length < 100
                        && new String(content, java.nio.charset.StandardCharsets.UTF_8).matches("(?s)(mine|in ).*")) {
                    contents.put(file, content);
                }
            }
        }
        return contents;
    }

    private void copy() throws IOException {
        try (Stream<Path> files = Files.walk(trained)) {
            for (Path file : files.toList()) {
                Path to = folder.resolve(trained.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
    }
}
