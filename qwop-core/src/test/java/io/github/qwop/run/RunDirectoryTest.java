package io.github.qwop.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.game.Rules;
import io.github.qwop.run.checkpoint.CheckpointWriter;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunDirectoryTest {

    private static final Map<String, String> GIVEN = Map.of("runId", "run", "modelLoadFile", "stage1/best.zip");
    private static final Map<String, String> INPUTS = Map.of("modelLoadFile", "abc");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private RunDirectory run;

    @BeforeEach
    void open() {
        run = new RunDirectory(folder.resolve("run"));
    }

    private static Map<String, String> settings(String... more) {
        Map<String, String> settings = new HashMap<>(GIVEN);
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return RunSpec.of(settings).settings();
    }

    @ParameterizedTest
    @CsvSource({
        "seed, 0, true",
        "seed, 1, false",
        "learner.gamma, 0.5, false",
        "guard.evalFreq, 5, false",
        "nCheckpoints, 50, true",
        "keepCheckpoints, 0, true",
        "logInterval, 500, true",
    })
    void comparesWhatDecidesAboutTheModel(String setting, String value, boolean same) throws IOException {
        run.begin(settings(), INPUTS);
        assertThat(run.holds(settings(setting, value), INPUTS)).isEqualTo(same);
    }

    @Test
    void comparesWhatFilesHoldAndNotWhereTheyLie() throws IOException {
        run.begin(settings(), INPUTS);
        Map<String, String> moved = settings("modelLoadFile", "other/best.zip");

        assertThat(run.holds(moved, INPUTS)).isTrue();
        assertThat(run.holds(settings(), Map.of("modelLoadFile", "other"))).isFalse();
        assertThat(run.holds(settings(), Map.of())).as("the file is gone").isTrue();
        assertThat(run.holds(moved, Map.of()))
                .as("it is somewhere else, or nowhere")
                .isFalse();
        assertThat(run.holds(settings("modelLoadFile", "none"), Map.of())).isFalse();
    }

    @Test
    void saysByWhatItWasTrained() throws IOException {
        assertThat(run.provenance()).isEmpty();
        run.begin(settings(), INPUTS);
        Provenance first = run.provenance().orElseThrow();
        assertThat(Instant.parse(first.date())).isBetween(Instant.now().minusSeconds(600), Instant.now());
        assertThat(first.jdk()).startsWith(System.getProperty("java.version") + ", ");
        assertThat(first.machine()).contains(System.getProperty("os.arch")).endsWith(" processors");
        assertThat(first.settings()).matches("[0-9a-f]{12}");

        Map<String, String> threads = new HashMap<>(settings());
        threads.put("threads", "7");
        run.begin(threads, INPUTS);
        assertThat(run.provenance().orElseThrow().settings())
                .as("threads decide nothing")
                .isEqualTo(first.settings());
        run.begin(settings("learner.gamma", "0.5"), INPUTS);
        assertThat(run.provenance().orElseThrow().settings()).isNotEqualTo(first.settings());
        Files.writeString(run.spec(), "{\"format\": 1, \"settings\": {}}");
        assertThat(run.provenance()).as("of an earlier version").isEmpty();
    }

    @Test
    void remembersWhatIsGone() throws IOException {
        run.begin(settings(), INPUTS);
        run.begin(settings(), Map.of());

        assertThat(run.holds(settings(), Map.of("modelLoadFile", "other"))).isFalse();
    }

    @Test
    void aRunFromBeforeVersionsIsOfTheFirstRules() throws IOException {
        run.begin(settings(), INPUTS);
        assertThat(run.savedRules()).hasValue(Rules.VERSION);
        Files.writeString(run.spec(), Files.readString(run.spec()).replace("\"rules\": 2,", ""));

        assertThat(run.savedRules()).hasValue(Rules.FIRST);
        assertThat(run.holds(settings(), INPUTS)).isFalse();
        assertThat(run.savedSettings()).hasValue(settings());
    }

    @Test
    void movesNothingThatIsNoRun() throws IOException {
        Files.createDirectories(run.path());
        assertThat(run.exists()).isFalse();
        Path theirs = Files.writeString(run.path().resolve("thesis.txt"), "Not a run.");

        assertThat(run.exists()).isTrue();
        assertThatThrownBy(run::moveAside)
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("There is something else than a run in " + run.path());
        assertThat(theirs).exists();

        Files.writeString(run.evaluation(), "{}");
        assertThat(run.moveAside()).isEqualTo(folder.resolve("run.old1"));
    }

    @Test
    void movesNoStudy() throws IOException {
        Files.createDirectories(run.path());
        Files.writeString(run.study(), "{}");
        Files.writeString(run.report(), "");

        assertThatThrownBy(run::moveAside)
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("There is a study in " + run.path() + ": set runId");
        assertThat(run.study()).exists();
    }

    @Test
    void letsOneTrainingInAtATime() throws IOException {
        FileChannel lock = run.lock();
        assertThatThrownBy(run::lock)
                .isInstanceOf(SettingException.class)
                .hasMessage("Another training is at work in " + run.path()
                        + ": wait for its end, stop it, or give this one another runId.");
        lock.close();
        run.lock().close();
    }

    @Test
    void whatIsOnlyNamedLikeACheckpointIsNone() throws IOException {
        Files.createDirectories(run.checkpoints());
        Path one = Files.createFile(run.checkpoint(1000));
        Files.createFile(run.checkpoints().resolve("model_99999999999999999999_steps.zip"));

        assertThat(run.checkpointFiles()).containsExactly(one);
    }

    @Test
    void ofADamagedSpecTheNewestCheckpointSpeaks() throws IOException {
        run.begin(settings(), INPUTS);
        try (CheckpointWriter writer = new CheckpointWriter(run.checkpoint(1000))) {
            writer.finish("run", 1000, settings());
        }
        for (String damaged : List.of("", "{\"settings\":", "[]", "{\"settings\":{\"seed\":null}}")) {
            Files.writeString(run.spec(), damaged);

            assertThat(run.isSpecDamaged()).as(damaged).isTrue();
            assertThat(run.holds(settings(), INPUTS)).as(damaged).isTrue();
            assertThat(run.holds(settings("seed", "5"), INPUTS)).as(damaged).isFalse();
        }
    }
}
