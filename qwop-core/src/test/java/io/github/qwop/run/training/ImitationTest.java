package io.github.qwop.run.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.learn.Learner;
import io.github.qwop.learn.dqn.DqnSpec;
import io.github.qwop.run.Notes;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.Silence;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.checkpoint.Checkpoint;
import io.github.qwop.run.settings.SettingException;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings that learn from recordings, and what they say about them. */
class ImitationTest {

    private static final Map<String, String> SHORT = Map.of(
            "nEnvs", "4",
            "logInterval", "400",
            "guard.evalFreq", "400",
            "guard.evalEpisodes", "1",
            "learner.netArch", "8");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Path recordings;

    @BeforeEach
    void record() throws IOException {
        recordings = Files.createDirectory(folder.resolve("recordings"));
        Files.writeString(recordings.resolve("one.qwop"), DemonstrationFilesTest.recording(1, 10, 10, 4, 4));
        Files.writeString(recordings.resolve("two.qwop"), DemonstrationFilesTest.recording(4, 4, 1, 1, 0));
    }

    private String train(Map<String, String> own, RunListener listener) throws IOException, StoppedException {
        return Training.run(folder, spec(own), false, 2, listener, () -> false).sentence();
    }

    private static RunSpec spec(Map<String, String> own) {
        Map<String, String> settings = new HashMap<>(SHORT);
        settings.putAll(own);
        return RunSpec.of(settings);
    }

    private Map<String, String> clone(String runId) {
        return Map.of(
                "runId", runId, "algorithm", "bc", "totalTimesteps", "400", "demonstrations", recordings.toString());
    }

    private Map<String, String> rehearsing(String algorithm) {
        return Map.of(
                "runId", "rehearsing",
                "algorithm", algorithm,
                "totalTimesteps", "400",
                "demonstrations", recordings.toString(),
                "learner.learningStarts", "100",
                "learner.batchSize", "16",
                "learner.bufferSize", "1000",
                "learner.demoPretrainSteps", "20");
    }

    @Test
    void saysWhatItWasShown() throws IOException, StoppedException {
        List<String> said = new ArrayList<>();
        Notes log = new Notes(said, said);
        train(clone("clone"), log);
        assertThat(said)
                .anyMatch(
                        line -> line.startsWith("Demonstrations: 10 steps of 2 episodes from 2 files, mean distance "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dqn", "qr-dqn"})
    void rehearsesBesideItsReplayBuffer(String algorithm) throws IOException, StoppedException {
        train(rehearsing(algorithm), new Silence());
        RunDirectory run = new RunDirectory(folder.resolve("rehearsing"));
        assertThat(run.model()).exists();
        assertThat(Files.readAllLines(run.path().resolve("metrics.csv")).get(0))
                .contains("train/margin_loss", "train/demo_count");
    }

    @Test
    void aChangedRecordingIsNoticed() throws IOException, StoppedException {
        assertThat(train(clone("clone"), new Silence())).doesNotContain("up to date");
        assertThat(train(clone("clone"), new Silence())).contains("is trained already with these settings, up to date");

        Files.writeString(recordings.resolve("three.qwop"), DemonstrationFilesTest.recording(1, 1, 1));
        List<String> said = new ArrayList<>();
        Notes log = new Notes(said, said);
        assertThat(train(clone("clone"), log)).doesNotContain("up to date");
        assertThat(said)
                .anyMatch(line -> line.contains("is of other settings or inputs, or to be trained again: moved to "
                        + folder.resolve("clone.old1")))
                .anyMatch(line -> line.startsWith("Demonstrations: 13 steps of 3 episodes from 3 files"));
    }

    @Test
    void recordingsThatAreGoneLeaveAFinishedRunAsItIs() throws IOException, StoppedException {
        train(clone("clone"), new Silence());
        for (String name : List.of("one.qwop", "two.qwop")) {
            Files.delete(recordings.resolve(name));
        }
        Files.delete(recordings);
        assertThat(train(clone("clone"), new Silence())).contains("up to date");
    }

    @Test
    void aChangedModelLoadFileIsNoticed() throws IOException, StoppedException {
        train(clone("clone"), new Silence());
        Map<String, String> second = ppoFromClone();
        train(second, new Silence());
        assertThat(train(second, new Silence())).contains("up to date");

        Map<String, String> otherClone = new HashMap<>(clone("clone"));
        otherClone.put("seed", "5");
        train(otherClone, new Silence());
        List<String> said = new ArrayList<>();
        Notes log = new Notes(said, said);
        assertThat(train(second, log)).doesNotContain("up to date");
        assertThat(said).anyMatch(line -> line.contains("is of other settings or inputs"));
    }

    private Map<String, String> ppoFromClone() {
        return Map.of(
                "runId", "improved",
                "algorithm", "ppo",
                "totalTimesteps", "400",
                "learner.nSteps", "50",
                "modelLoadFile", folder.resolve("clone/best.zip").toString());
    }

    @Test
    void ppoGoesOnFromACloneAndShowsWhatDiffers() throws IOException, StoppedException {
        train(clone("clone"), new Silence());
        List<String> said = new ArrayList<>();
        Notes log = new Notes(said, said);
        train(ppoFromClone(), log);
        assertThat(said)
                .anyMatch(line -> line.matches("algorithm +bc -> ppo"))
                .anyMatch(line -> line.matches("runId +clone -> improved"));
        assertThat(folder.resolve("improved/best.zip")).exists();
    }

    @Test
    void ppoIsToldThatACloneBringsNoValues() throws IOException, StoppedException {
        train(clone("clone"), new Silence());
        String warning = "The policy brings no value network, and learner.valueWarmup is 0:";
        Notes unwarned = new Notes();
        train(ppoFromClone(), unwarned);
        assertThat(unwarned.warnings()).anyMatch(line -> line.startsWith(warning));

        Map<String, String> held = new HashMap<>(ppoFromClone());
        held.put("runId", "held");
        held.put("learner.valueWarmup", "200");
        held.put("learner.cloneKl", "lin_decay_1_0_0.5");
        Notes warned = new Notes();
        train(held, warned);
        assertThat(warned.warnings()).noneMatch(line -> line.startsWith(warning));
        assertThat(Files.readAllLines(folder.resolve("held/metrics.csv")).get(0))
                .contains("train/clone_kl");
    }

    @Test
    void nothingToStayNearIsRefused() {
        assertThatThrownBy(() -> spec(Map.of("algorithm", "ppo", "learner.nSteps", "50", "learner.cloneKl", "0.1")))
                .isInstanceOf(SettingException.class)
                .hasMessage("learner.cloneKl is const_0.1, and there is no policy to stay near: set modelLoadFile to"
                        + " the clone, or leave cloneKl out.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dqn", "qr-dqn"})
    void dqnFromACloneIsRefusedWithTheRemedy(String algorithm) throws IOException, StoppedException {
        train(clone("clone"), new Silence());
        Map<String, String> settings = new HashMap<>(rehearsing(algorithm));
        settings.put("modelLoadFile", folder.resolve("clone/best.zip").toString());
        assertThatThrownBy(() -> train(settings, new Silence()))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("which was cloned with bc: it has no values that " + algorithm)
                .hasMessageContaining("set demonstrations and learner.demoPretrainSteps instead");
    }

    @Test
    void aCloneGoesOnWithItsOptimiserAndPpoBeginsOneAnew() throws IOException, StoppedException {
        train(clone("clone"), new Silence());
        Notes notes = new Notes();
        Map<String, String> again = new HashMap<>(clone("again"));
        again.put("modelLoadFile", folder.resolve("clone/best.zip").toString());
        train(again, notes);
        assertThat(notes.infos()).anyMatch(line -> line.matches("optimiser's state +there -> kept"));
        try (Checkpoint first = Checkpoint.open(folder.resolve("clone/model.zip"));
                Checkpoint second = Checkpoint.open(folder.resolve("again/model.zip"));
                DataInputStream before = first.section(Learner.OPTIMISER);
                DataInputStream after = second.section(Learner.OPTIMISER)) {
            assertThat(after.readLong()).isEqualTo(2 * before.readLong());
        }

        Notes improving = new Notes();
        train(ppoFromClone(), improving);
        assertThat(improving.infos()).anyMatch(line -> line.matches("optimiser's state +there -> begins anew"));
    }

    @Test
    void aCloneOfAnotherShapeIsRefusedWithTheRemedy() throws IOException, StoppedException {
        train(clone("clone"), new Silence());
        Map<String, String> wide = new HashMap<>(ppoFromClone());
        wide.put("learner.netArch", "9");
        assertThatThrownBy(() -> train(wide, new Silence()))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("which does not fit this learner")
                .hasMessageContaining("give learner.netArch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ppo", "a2c"})
    void demonstrationsThatNobodyUsesAreRefused(String algorithm) {
        assertThatThrownBy(() -> spec(Map.of("algorithm", algorithm, "demonstrations", "recordings")))
                .isInstanceOf(SettingException.class)
                .hasMessage("demonstrations are given, and the algorithm " + algorithm
                        + " does not use any: clone them first with bc and set modelLoadFile to what it learned, or"
                        + " give qr-dqn, dqn or bc.");
    }

    @ParameterizedTest
    @CsvSource({"dqn, recordings, 10, 1, 1e-5", "qr-dqn, recordings, 10, 1, 1e-5", "qr-dqn, '', 1, 0, 0"})
    void demonstrationsBringDefaultsOfTheirOwn(
            String algorithm, String demonstrations, int nStep, double oneStepWeight, double weightDecay) {
        Map<String, String> own = Map.of("algorithm", algorithm, "demonstrations", demonstrations);
        DqnSpec learner = (DqnSpec) spec(own).learner();
        assertThat(learner.nStep()).isEqualTo(nStep);
        assertThat(learner.oneStepWeight()).isEqualTo(oneStepWeight);
        assertThat(learner.weightDecay()).isEqualTo(weightDecay);

        Map<String, String> chosen = new HashMap<>(own);
        chosen.putAll(Map.of("learner.nStep", "3", "learner.oneStepWeight", "0.5", "learner.weightDecay", "0"));
        DqnSpec given = (DqnSpec) spec(chosen).learner();
        assertThat(given.nStep()).isEqualTo(3);
        assertThat(given.oneStepWeight()).isEqualTo(0.5);
        assertThat(given.weightDecay()).isZero();
    }

    /** A run of a version that knew no loss over one step besides had none. */
    @Test
    void aFileOfAnEarlierVersionDoesNotGetThoseDefaults() {
        Map<String, String> settings =
                spec(Map.of("algorithm", "dqn", "demonstrations", "recordings")).settings();
        assertThat(RunSpec.saved(settings).settings()).isEqualTo(settings);
        assertThat(settings).containsEntry("learner.oneStepWeight", "1.0");
        settings.remove("learner.oneStepWeight");
        assertThat(RunSpec.saved(settings).settings()).containsEntry("learner.oneStepWeight", "0.0");
    }

    @Test
    void cloningNothingIsRefused() {
        assertThatThrownBy(() -> spec(Map.of("algorithm", "bc")))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("learns from demonstrations alone, and there are none: set demonstrations");
    }

    @ParameterizedTest
    @CsvSource({
        "demoRatio, 1.5, give a number from 0 to 1",
        "demoFraction, -0.1, give a number from 0 to 1",
        "margin, -1, 'give a number, 0 or more'",
        "marginWeight, -1, 'give a number, 0 or more'",
        "demoPretrainSteps, -1, 'give a whole number, at least 0'",
    })
    void badValuesAreRefusedInOneSentence(String name, String value, String allowed) {
        assertThatThrownBy(() -> spec(Map.of("learner." + name, value)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("learner." + name + " is " + value)
                .hasMessageContaining(allowed);
    }
}
