package io.github.qwop.run.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.qwop.env.Split;
import io.github.qwop.game.Rules;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.goal.Goals;
import io.github.qwop.play.Episode;
import io.github.qwop.play.EpisodePlayer;
import io.github.qwop.run.GateException;
import io.github.qwop.run.Notes;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.Silence;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.checkpoint.Checkpoint;
import io.github.qwop.run.checkpoint.CheckpointWriter;
import io.github.qwop.run.metrics.MetricsLog;
import io.github.qwop.run.policy.TrainedPolicy;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a run that is there already, and what is held against what it reached. */
class TrainingTest {

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("runId", "run"),
            Map.entry("algorithm", "ppo"),
            Map.entry("totalTimesteps", "400"),
            Map.entry("nEnvs", "4"),
            Map.entry("learner.nSteps", "25"),
            Map.entry("learner.netArch", "4"),
            Map.entry("guard.evalFreq", "400"),
            Map.entry("guard.evalEpisodes", "1"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private RunDirectory run;

    @BeforeEach
    void open() {
        run = new RunDirectory(folder.resolve("run"));
    }

    private String train(boolean force, BooleanSupplier stop, String... own) throws IOException, StoppedException {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        for (int i = 0; i < own.length; i += 2) {
            settings.put(own[i], own[i + 1]);
        }
        return Training.run(folder, RunSpec.of(settings), force, 2, new Silence(), stop)
                .sentence();
    }

    private Path aside() {
        return folder.resolve("run.old1");
    }

    @ParameterizedTest
    @CsvSource({
        "rewardShaper, no.such.Shaper",
        "gameClass, no.such.Game",
        "modelLoadFile, nowhere.zip",
        "environment.maxEpisodeSteps, 0",
    })
    void aMistakeLeavesTheFinishedRunWhereItIs(String setting, String value) throws IOException, StoppedException {
        train(false, () -> false);
        byte[] spec = Files.readAllBytes(run.spec());

        assertThatThrownBy(() -> train(false, () -> false, setting, value))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining(value);

        assertThat(aside()).doesNotExist();
        assertThat(run.spec()).hasBinaryContent(spec);
        assertThat(train(false, () -> false)).contains("up to date");
    }

    @Test
    void forceTrainsAFinishedRunAgainAndGoesOnWithAnUnfinishedOne() throws IOException, StoppedException {
        train(false, () -> false);
        byte[] model = Files.readAllBytes(run.model());
        assertThatThrownBy(() -> train(true, () -> true)).isInstanceOf(StoppedException.class);
        assertThat(new RunDirectory(aside()).model()).hasBinaryContent(model);
        assertThat(run.model()).doesNotExist();

        train(true, () -> false);

        assertThat(folder.resolve("run.old2")).doesNotExist();
        assertThat(run.model()).hasBinaryContent(model);
    }

    @Test
    void whoGoesBackToSettingsOfBeforeGetsTheRunBack() throws IOException, StoppedException {
        train(false, () -> false);
        byte[] model = Files.readAllBytes(run.model());
        Notes notes = new Notes();
        Map<String, String> other = new HashMap<>(SETTINGS);
        other.put("learner.gamma", "0.995");
        Training.run(folder, RunSpec.of(other), false, 2, notes, () -> false);
        assertThat(notes.infos())
                .contains(
                        "What lies in " + run.path() + " is of other settings or inputs, or to be trained again: moved"
                                + " to " + aside() + ".",
                        String.format("%-36s %24s -> %s", "learner.gamma", "0.99", "0.995"))
                .noneMatch(line -> line.startsWith("learner.nSteps"));

        // What would fail if anything were trained.
        String sentence = train(false, () -> true);

        assertThat(sentence)
                .isEqualTo("Run run was trained with these settings before: it is back from " + aside()
                        + ", and what took its place is now in " + folder.resolve("run.old2")
                        + ". Set qwop.force=true to train it again.");
        assertThat(run.model()).hasBinaryContent(model);
        assertThat(aside()).doesNotExist();
        assertThat(train(false, () -> true, "learner.gamma", "0.995"))
                .contains("back from " + folder.resolve("run.old2"));
    }

    @Test
    void aTrainingThatWasBegunIsTakenBackAndGoesOn() throws IOException, StoppedException {
        assertThatThrownBy(() -> train(false, () -> true)).isInstanceOf(StoppedException.class);
        train(false, () -> false, "seed", "1");
        Notes notes = new Notes();

        String sentence = Training.run(folder, RunSpec.of(SETTINGS), false, 2, notes, () -> false)
                .sentence();

        assertThat(sentence).contains("this time 300 in");
        assertThat(notes.infos())
                .contains("A training of run with these settings was begun before: it is back from " + aside()
                        + ", and what took its place is now in " + folder.resolve("run.old2") + ".");
    }

    @Test
    void whatIsDisplacedByAnotherNameIsNotTaken() throws IOException, StoppedException {
        train(false, () -> false, "runId", "run.old1");
        assertThat(train(false, () -> false)).contains("Trained run");
        assertThat(aside()).exists();
    }

    private void remove() {
        try (Stream<Path> files = Files.walk(run.path())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As mvn clean does it. */
    @Test
    void aTrainingWhoseFolderIsRemovedFailsAndKeepsWhatItLearned() throws IOException, StoppedException {
        train(false, () -> false);
        byte[] undisturbed = Files.readAllBytes(run.model());
        byte[] best = Files.readAllBytes(run.best());
        remove();
        AtomicInteger asked = new AtomicInteger();

        assertThatThrownBy(() -> train(
                        false,
                        () -> {
                            if (asked.incrementAndGet() == 2) {
                                remove();
                            }
                            return false;
                        },
                        "logInterval",
                        "100"))
                .isInstanceOf(StoppedException.class)
                .hasMessageStartingWith("Training of run stopped at 200 of 400 steps, because its folder " + run.path()
                        + " was removed or replaced while it was at work, as mvn clean does: run the same command again"
                        + " to go on from a checkpoint")
                .hasMessageEndingWith("set outputDirectory to a folder that clean does not reach.");

        assertThat(run.model()).doesNotExist();
        assertThat(train(false, () -> false)).contains("this time 200 in");
        assertThat(run.model()).hasBinaryContent(undisturbed);
        assertThat(run.best()).hasBinaryContent(best);
    }

    /** Not even at its very end does it put files between another's. */
    @Test
    void aTrainingWhosePlaceAnotherTookLeavesThatAlone() {
        assertThatThrownBy(() -> train(false, () -> {
                    remove();
                    try {
                        Files.createDirectories(run.path());
                        Files.writeString(run.spec(), "another's");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return false;
                }))
                .isInstanceOf(StoppedException.class)
                .hasMessageContaining("run it again, under another runId");
        assertThat(run.path()).isDirectoryContaining(run.spec()::equals);
        assertThat(run.checkpoints()).doesNotExist();
        assertThat(run.model()).doesNotExist();
    }

    @Test
    void aTrainingOfLessThanASecondKnowsItsSpeed() throws IOException, StoppedException {
        train(false, () -> false, "logInterval", "10");

        List<Double> speeds = Files.readAllLines(run.path().resolve(MetricsLog.JSON_LINES)).stream()
                .map(row -> JsonParser.parseString(row)
                        .getAsJsonObject()
                        .get("time/fps")
                        .getAsDouble())
                .toList();
        assertThat(speeds).isNotEmpty().allMatch(speed -> speed > 0);
    }

    @Test
    void whatWasTrainedUnderOtherRulesIsNotUpToDate() throws IOException, StoppedException {
        train(false, () -> false);
        Files.writeString(run.spec(), Files.readString(run.spec()).replace("\"rules\": 2,", ""));

        Notes notes = new Notes();
        assertThat(Training.run(folder, RunSpec.of(SETTINGS), false, 2, notes, () -> false)
                        .sentence())
                .contains("Trained run");
        assertThat(notes.infos())
                .contains(
                        "What lies in " + run.path() + " was trained under version 1 of the game's rules, and the twin"
                                + " plays version 2: moved to " + aside() + ".");
        assertThat(new RunDirectory(aside()).model()).exists();
        assertThat(run.savedRules()).hasValue(Rules.VERSION);
    }

    @Test
    void noTrainingGoesOnFromACheckpointOfOtherRules() throws IOException {
        assertThatThrownBy(() -> train(false, () -> true)).isInstanceOf(StoppedException.class);
        Path checkpoint = rewriteCheckpoint(Rules.FIRST, "");

        Notes notes = new Notes();
        assertThatCode(() -> Training.run(folder, RunSpec.of(SETTINGS), false, 2, notes, () -> false))
                .doesNotThrowAnyException();
        assertThat(notes.warnings().get(0))
                .isEqualTo("The checkpoint " + checkpoint
                        + " was trained under version 1 of the game's rules, and the twin"
                        + " plays version 2: no training goes on from it; name it as modelLoadFile of a new run.");
    }

    /** Writes the newest checkpoint again, as one of other rules, or without a section. */
    private Path rewriteCheckpoint(int rules, String without) throws IOException {
        Path checkpoint = run.checkpointFiles().get(0);
        try (Checkpoint old = Checkpoint.open(checkpoint);
                CheckpointWriter writer = new CheckpointWriter(folder.resolve("old.zip"))) {
            for (String section : old.manifest().sections().keySet()) {
                if (!section.equals(without)) {
                    writer.section(section).write(old.section(section).readAllBytes());
                }
            }
            writer.finish("run", old.manifest().steps(), rules, old.manifest().settings());
        }
        Files.move(folder.resolve("old.zip"), checkpoint, StandardCopyOption.REPLACE_EXISTING);
        return checkpoint;
    }

    @Test
    void goesOnFromACheckpointThatDoesNotSayWhoFinished() throws IOException, StoppedException {
        train(false, () -> false);
        byte[] model = Files.readAllBytes(run.model());
        assertThatThrownBy(() -> train(true, () -> true)).isInstanceOf(StoppedException.class);
        rewriteCheckpoint(Rules.VERSION, "finish");

        Notes notes = new Notes();
        Training.run(folder, RunSpec.of(SETTINGS), false, 2, notes, () -> false);
        assertThat(notes.infos()).anyMatch(line -> line.startsWith("Going on from model_100_steps.zip"));
        assertThat(run.model()).hasBinaryContent(model);
    }

    @Test
    void aFolderOfSomethingElseIsLeftAlone() throws IOException {
        Files.createDirectories(run.path());
        Path theirs = Files.writeString(run.path().resolve("thesis.txt"), "Not a run.");

        assertThatThrownBy(() -> train(false, () -> false))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("There is something else than a run in");

        assertThat(theirs).exists();
        assertThat(run.spec()).doesNotExist();
    }

    @Test
    void anotherTrainingInTheFolderIsNotDisturbed() throws IOException, StoppedException {
        FileChannel other = run.lock();
        assertThatThrownBy(() -> train(false, () -> false)).hasMessageContaining("Another training is at work in");
        assertThat(run.path()).doesNotExist();
        other.close();

        assertThat(train(false, () -> false)).contains("Trained run");
    }

    @Test
    void isJudgedByOtherEpisodesThanItWasChosenBy() throws IOException, StoppedException, GateException {
        train(false, () -> false, "seed", "1");

        Goals.run("evaluate", folder, Map.of("runId", "run", "seed", "1", "episodes", "3"), new Silence(), () -> false);

        List<Double> judged = new ArrayList<>();
        new Gson()
                .fromJson(Files.readString(run.evaluation()), JsonObject.class)
                .getAsJsonArray("episodes")
                .forEach(episode ->
                        judged.add(episode.getAsJsonObject().get("distance").getAsDouble()));
        assertThat(judged).isEqualTo(distances(Split.TEST));
        assertThat(judged).doesNotContainAnyElementsOf(distances(Split.VALIDATION));
    }

    private List<Double> distances(Split split) {
        try (TrainedPolicy policy = TrainedPolicy.open(run.best(), new Silence());
                Twin twin = new Twin()) {
            return new EpisodePlayer(policy.environment().varied(), twin)
                    .play(policy.actor(), split.streams(1, 0, 3)).stream()
                            .map(Episode::distance)
                            .toList();
        }
    }

    @Test
    void anotherRunsPolicyIsNotQuietlyEvaluatedInItsFolder() throws IOException, StoppedException, GateException {
        train(false, () -> false);
        train(false, () -> false, "runId", "other");
        List<String> warnings = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void info(String text) {}

            @Override
            public void warn(String text) {
                warnings.add(text);
            }

            @Override
            public void progress(long steps, long total, double speed, Map<String, Double> values) {}
        };

        Goals.run("evaluate", folder, Map.of("runId", "run", "episodes", "1"), listener, () -> false);
        assertThat(warnings).isEmpty();
        String policy = folder.resolve("other/best.zip").toString();
        Goals.run("evaluate", folder, Map.of("runId", "run", "episodes", "1", "policy", policy), listener, () -> false);
        assertThat(warnings)
                .containsExactly("The policy " + policy + " is of the run other, and its evaluation is written into the"
                        + " folder of the training run: to keep the two apart, give another name with -Dqwop.runId.");
    }
}
