package io.github.qwop.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.run.Notes;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoalsTest {

    private static final Map<String, String> SHORT = Map.of(
            "totalTimesteps", "40",
            "nEnvs", "2",
            "guard.evalFreq", "40",
            "guard.evalEpisodes", "1",
            "environment.maxEpisodeSteps", "20",
            "learner.netArch", "8");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Notes notes = new Notes();

    private String train(Map<String, String> own) throws Exception {
        Map<String, String> settings = new HashMap<>(SHORT);
        settings.putAll(own);
        Goals.run("train", folder, settings, notes, () -> false);
        return Files.readString(
                folder.resolve(own.getOrDefault("runId", "qwop")).resolve("spec.json"));
    }

    @Test
    void tellsWhyAPomWithoutAnAlgorithmLearnsWithQrDqn() throws Exception {
        assertThat(train(Map.of("learner.learningStarts", "20"))).contains("\"algorithm\": \"qr-dqn\"");
        assertThat(notes.infos())
                .contains(
                        "No algorithm is named, and ppo, the default, has no learner.learningStarts: the algorithm is qr-dqn."
                                + " Name it to be sure.");
    }

    /** What would fill the memory, or break down later, is refused before anything is made. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            qr-dqn | bufferSize | 2000000000              | learner.bufferSize is 2000000000 with 2 environments: give at most
            acer   | nSteps     | 10000                   | learner.nSteps is 10000 and learner.bufferSize 5000: a rollout must fit;
            ppo    | netArch    | 16384,16384,16384,16384 | learner.netArch is [16384, 16384, 16384, 16384] with 805,306,368 weights
            """)
    void whatIsTooLargeIsRefusedAtOnce(String algorithm, String setting, String value, String sentence) {
        assertThatThrownBy(() ->
                        train(Map.of("algorithm", algorithm, "totalTimesteps", "4000", "learner." + setting, value)))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith(sentence);
    }

    @Test
    void aGateNeedsARunOrAStudyAndNotBoth() throws Exception {
        assertThatThrownBy(() -> gate("nobody", "gate.minIqmDistance", "1"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("There is neither a run nor a study in " + folder.resolve("nobody"));
        Path both = Files.createDirectories(folder.resolve("both"));
        Files.writeString(both.resolve("evaluation.json"), "{}");
        Files.writeString(both.resolve("study.json"), "{}");
        assertThatThrownBy(() -> gate("both"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("The folder " + both + " has a study and the evaluation of a run");
    }

    private void gate(String runId, String... settings) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of("runId", runId));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        Goals.run("gate", folder, all, notes, () -> false);
    }

    @Test
    void forceIsTrueOrFalse() {
        assertThatThrownBy(() -> train(Map.of("force", "yes")))
                .isInstanceOf(SettingException.class)
                .hasMessage("force is \"yes\": give true or false.");
    }

    @Test
    void aRunLiesWhereRunsLie() {
        for (String name :
                List.of("../elsewhere", "", ".", folder.resolveSibling("x").toString())) {
            assertThatThrownBy(() -> Goals.run("report", folder, Map.of("runId", name), notes, () -> false))
                    .isInstanceOf(SettingException.class)
                    .hasMessage("runId is \"" + name + "\", which names no folder in " + folder
                            + ": give a name of letters, digits, dots, dashes and underscores, and set outputDirectory"
                            + " to where the run lies.");
        }
    }

    @Test
    void aFileIsNoOutputDirectory() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        for (String goal : List.of("train", "evaluate", "runs", "report", "play", "search")) {
            assertThatThrownBy(() -> Goals.run(goal, file, Map.of(), notes, () -> true))
                    .as(goal)
                    .isInstanceOf(SettingException.class)
                    .hasMessage("outputDirectory is " + file
                            + ", which is a file: set it to a folder, in which each run has one of its own.");
        }
        assertThatThrownBy(() -> new ReportGoal().write(file, Map.of("runId", "qwop")))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("outputDirectory is " + file + ", which is a file");
    }

    @Test
    void aRecordingOfFewEpisodesKeepsAllOfThem() throws Exception {
        Map<String, String> settings = Map.of(
                "policy", "../examples/record-10m/policy.onnx", "episodes", "1", "environment.maxEpisodeSteps", "20");
        Outcome done = Goals.run("record", folder, settings, notes, () -> false);

        assertThat(done.sentence()).startsWith("Recorded the best 1 of 1 episode of ");
        assertThat(notes.warnings())
                .contains("record.recordings is 3, and record.episodes is 1: all of them are kept.");
    }

    /** Recordings of an earlier policy would be learned from beside those of this one. */
    @Test
    void aRecordingReplacesAnEarlierOneOfMore() throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "policy", "../examples/record-10m/policy.onnx", "episodes", "3", "environment.maxEpisodeSteps", "20"));
        Goals.run("record", folder, settings, notes, () -> false);
        Path recorded = folder.resolve("qwop").resolve("recorded");
        Files.writeString(recorded.resolve("mine.qwop"), "");
        settings.put("recordings", "1");
        Goals.run("record", folder, settings, notes, () -> false);
        try (Stream<Path> files = Files.list(recorded)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("rank-1.qwop", "mine.qwop");
        }

        Files.createDirectory(recorded.resolve("rank-2.qwop"));
        settings.put("recordings", "2");
        assertThatThrownBy(() -> Goals.run("record", folder, settings, notes, () -> false))
                .isInstanceOf(SettingException.class)
                .hasMessage(
                        recorded.resolve("rank-2.qwop") + " is a folder, where a recording is to be: move it away, or"
                                + " set record.directory to another folder.");

        Path named = folder.resolve("named");
        settings.put("directory", named.toString());
        settings.put("recordings", "3");
        Goals.run("record", folder, settings, notes, () -> false);
        settings.put("recordings", "1");
        Goals.run("record", folder, settings, notes, () -> false);
        assertThat(named.resolve("rank-3.qwop")).exists();
        assertThat(notes.warnings())
                .containsExactly(named
                        + " also holds rank-2.qwop and 1 more of another time: who learns from the folder learns from"
                        + " them too, unless they are moved away.");
    }

    @Test
    void aBusyPortIsToldInASentence() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Goals.run(
                            "play", folder, Map.of("port", Integer.toString(busy.getLocalPort())), notes, () -> true))
                    .isInstanceOf(SettingException.class)
                    .hasMessageStartingWith("The page cannot be served on port " + busy.getLocalPort() + " (")
                    .hasMessageEndingWith("): choose another, or 0 for any free one.");
        }
    }

    @Test
    void aFolderMayHaveACommaInItsName() throws Exception {
        train(Map.of("runId", "one", "learner.nSteps", "10"));
        train(Map.of("runId", "two", "learner.nSteps", "10"));
        Path moved = Files.move(folder.resolve("two"), folder.resolve("two, moved"));

        Outcome done = Goals.run(
                "report",
                folder,
                Map.of("runId", "one", "compare", Settings.join(List.of(moved.toString()))),
                notes,
                () -> false);

        assertThat(done.sentence()).startsWith("The report on one is written");
        assertThat(folder.resolve("one").resolve("report.html")).content().contains("two, moved");
    }

    @Test
    void saysNothingOfItWherePpoIsMeant() throws Exception {
        assertThat(train(Map.of("learner.nSteps", "10"))).contains("\"algorithm\": \"ppo\"");
        assertThat(notes.infos()).noneMatch(note -> note.contains("No algorithm"));
    }
}
