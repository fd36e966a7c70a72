package io.github.qwop.run.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.goal.Goals;
import io.github.qwop.run.GateException;
import io.github.qwop.run.Notes;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.Silence;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.study.StudyFile.Seed;
import io.github.qwop.run.study.StudyFile.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("training")
@SuppressWarnings("NullAway.Init")
class StudyTest {

    private static final Map<String, String> BASE = Map.ofEntries(
            Map.entry("algorithm", "qr-dqn"),
            Map.entry("totalTimesteps", "400"),
            Map.entry("nEnvs", "2"),
            Map.entry("nCheckpoints", "2"),
            Map.entry("logInterval", "50"),
            Map.entry("learner.learningStarts", "100"),
            Map.entry("learner.bufferSize", "200"),
            Map.entry("learner.batchSize", "4"),
            Map.entry("learner.nQuantiles", "2"),
            Map.entry("learner.netArch", "4"),
            Map.entry("guard.evalFreq", "100"),
            Map.entry("guard.evalEpisodes", "1"),
            Map.entry("environment.maxEpisodeSteps", "40"));

    private static final List<Map<String, String>> FOUR =
            Study.space(Map.of("learner.gamma", "0.9,0.95,0.98,0.995"), Map.of(), 1, 1);

    @TempDir
    private Path folder;

    private final List<String> done = new ArrayList<>();

    /** Does tasks one after another in this JVM. */
    private final class InTurn implements Engine {

        private final int most;

        /** Stops before it has done more than so many. */
        InTurn(int most) {
            this.most = most;
        }

        @Override
        public void run(List<Task> tasks, Consumer<Task.Result> heard, BooleanSupplier stop) throws IOException {
            for (Task task : tasks) {
                if (done.size() >= most) {
                    return;
                }
                done.add(task.goal() + " " + task.runId());
                heard.accept(result(task));
            }
        }

        private Task.Result result(Task task) throws IOException {
            try {
                Outcome outcome =
                        Goals.run(task.goal(), Path.of(task.directory()), task.settings(), new Silence(), () -> false);
                return new Task.Result(task.runId(), Task.End.DONE, outcome.sentence(), outcome.data());
            } catch (StoppedException e) {
                return new Task.Result(task.runId(), Task.End.STOPPED, String.valueOf(e.getMessage()), Map.of());
            } catch (GateException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {}
    }

    private static RunSpec training(Map<String, String> trial) {
        Map<String, String> settings = new HashMap<>(BASE);
        settings.putAll(trial);
        return RunSpec.of(settings);
    }

    private Outcome study(List<Map<String, String>> tried, Pruning pruning, int episodes, Supplier<Engine> engine)
            throws IOException, StoppedException {
        return Study.run(
                folder,
                new StudySpec("s", Seeds.upTo(2), Objective.DISTANCE, pruning, episodes, 1),
                tried,
                StudyTest::training,
                engine,
                new Silence(),
                () -> false);
    }

    /** One seed, with other settings than the base's, and what users are told. */
    private Outcome study(Map<String, String> other, Objective objective, Notes notes)
            throws IOException, StoppedException {
        return Study.run(
                folder,
                new StudySpec("s", Seeds.upTo(1), objective, Pruning.NONE, 0, 1),
                List.of(),
                trial -> {
                    Map<String, String> all = new HashMap<>(other);
                    all.putAll(trial);
                    return training(all);
                },
                () -> new InTurn(Integer.MAX_VALUE),
                notes,
                () -> false);
    }

    @Test
    void tellsWhatGivesWayToOtherSettings() throws Exception {
        Notes notes = new Notes();
        study(Map.of(), Objective.DISTANCE, notes);
        assertThat(notes.infos()).noneMatch(line -> line.startsWith("What lies in"));
        study(Map.of("learner.gamma", "0.5"), Objective.DISTANCE, notes);

        Path run = folder.resolve("s").resolve("default-s1").toAbsolutePath();
        assertThat(notes.infos())
                .containsOnlyOnce("What lies in " + run + " is of other settings or inputs: its training moves it to "
                        + run + ".old1 (there -> now: learner.gamma 0.99 -> 0.5).");
        assertThat(new RunDirectory(run.resolveSibling("default-s1.old1")).isFinished())
                .isTrue();
    }

    @Test
    void saysThatNobodyFinished() throws Exception {
        Notes notes = new Notes();

        assertThat(study(Map.of(), Objective.SECONDS, notes).sentence())
                .contains("0 failed; none is best, because no training finished the 100 m: ");
        assertThat(notes.infos()).anyMatch(line -> line.endsWith("none of its trainings finished the 100 m."));
    }

    @Test
    void leavesTheFolderOfARunAlone() throws Exception {
        RunDirectory run = new RunDirectory(folder.resolve("s"));
        run.begin(training(Map.of()).settings(), Map.of());

        assertThatThrownBy(() -> study(List.of(), Pruning.NONE, 0, () -> new InTurn(0)))
                .isInstanceOf(SettingException.class)
                .hasMessage("There is a run in " + run.path().toAbsolutePath()
                        + ", and a study needs a folder of its own: give the study another studyId.");
        assertThat(run.study()).doesNotExist();
    }

    @Test
    void movesALinkToNothingAside() throws Exception {
        Path file = Files.createDirectories(folder.resolve("s")).resolve(StudyFile.NAME);
        Files.createSymbolicLink(file, folder.resolve("nothing"));
        Notes notes = new Notes();
        study(Map.of(), Objective.DISTANCE, notes);

        assertThat(Files.isSymbolicLink(file.resolveSibling("study.json.old1"))).isTrue();
        assertThat(file).isRegularFile();
        assertThat(notes.warnings()).singleElement().asString().contains("is a link to nothing: moved to ");
    }

    @Test
    void aTrialIsFinishedWhenItIsEvaluated() throws Exception {
        assertThatThrownBy(() -> study(List.of(), Pruning.NONE, 2, () -> new InTurn(3)))
                .isInstanceOf(StoppedException.class);
        assertThat(read().trials()).extracting(StudyFile.Trial::state).containsExactly(State.WAITING);

        study(List.of(), Pruning.NONE, 2, () -> new InTurn(Integer.MAX_VALUE));
        assertThat(read().trials()).extracting(StudyFile.Trial::state).containsExactly(State.FINISHED);
    }

    private StudyFile read() {
        return StudyFile.read(folder.resolve("s"));
    }

    @Test
    void trainsEveryTrialWithEverySeedOnce() throws Exception {
        Outcome outcome = study(FOUR.subList(0, 1), Pruning.NONE, 2, () -> new InTurn(Integer.MAX_VALUE));

        assertThat(done)
                .containsExactly(
                        "train default-s1",
                        "train default-s2",
                        "train t1-s1",
                        "train t1-s2",
                        "evaluate default-s1",
                        "evaluate default-s2",
                        "evaluate t1-s1",
                        "evaluate t1-s2");
        assertThat(outcome.data()).containsEntry("trials", 2.0).containsEntry("trainings", 4.0);
        assertThat(read().trials()).extracting(StudyFile.Trial::trial).containsExactly("default", "t1");
        assertThat(read().trials().get(1).settings()).isEqualTo(Map.of("learner.gamma", "0.9"));
        for (StudyFile.Trial trial : read().trials()) {
            assertThat(trial.state()).isEqualTo(State.FINISHED);
            for (Seed seed : trial.seeds()) {
                assertThat(seed.steps()).isEqualTo(400);
                assertThat(seed.curve()).extracting(StudyFile.Point::steps).containsExactly(104L, 200L, 304L, 400L);
                assertThat(seed.evaluation()).isNotNull();
                assertThat(seed.score())
                        .isEqualTo(Objects.requireNonNull(seed.evaluation()).meanDistance());
            }
        }

        // Run again it has nothing to do; with another trial only that is trained, and the old one keeps its name.
        StudyFile before = read();
        study(FOUR.subList(0, 1), Pruning.NONE, 2, () -> {
            throw new AssertionError("There is nothing to do.");
        });
        assertThat(read()).isEqualTo(before);
        done.clear();
        study(List.of(FOUR.get(2), FOUR.get(0)), Pruning.NONE, 0, () -> new InTurn(Integer.MAX_VALUE));
        assertThat(done).containsExactly("train t2-s1", "train t2-s2");
        assertThat(read().trials()).extracting(StudyFile.Trial::trial).containsExactly("default", "t2", "t1");
    }

    @Test
    void onlyTheBestGoOnFromARungAndBecomeWhatTheyWouldHaveBecomeAtOnce() throws Exception {
        study(FOUR, new Pruning(2, 0), 0, () -> new InTurn(Integer.MAX_VALUE));

        // All of them to 100 steps; two and the default to 200; one and the default to the end.
        assertThat(done).hasSize(2 * (5 + 3 + 2));
        assertThat(read().trials())
                .extracting(StudyFile.Trial::state)
                .containsOnly(State.FINISHED, State.PRUNED)
                .satisfies(states ->
                        assertThat(states).filteredOn(State.PRUNED::equals).hasSize(3));
        assertThat(read().trials().get(0).state()).isEqualTo(State.FINISHED);
        for (StudyFile.Trial trial : read().trials()) {
            for (Seed seed : trial.seeds()) {
                if (trial.state() == State.PRUNED) {
                    assertThat(seed.steps()).isIn(104L, 200L);
                } else {
                    assertEqualsOneAtOnce(trial, seed);
                }
            }
        }
    }

    private void assertEqualsOneAtOnce(StudyFile.Trial trial, Seed seed) throws Exception {
        Map<String, String> settings = new HashMap<>(trial.settings());
        settings.put("seed", Long.toString(seed.seed()));
        settings.put("runId", seed.run());
        Path alone = folder.resolve("alone");
        Goals.run("train", alone, training(settings).settings(), new Silence(), () -> false);
        for (String file : List.of("model.zip", "best.zip")) {
            assertThat(folder.resolve("s").resolve(seed.run()).resolve(file))
                    .as("%s of %s", file, seed.run())
                    .hasSameBinaryContentAs(alone.resolve(seed.run()).resolve(file));
        }
    }

    @Test
    void aStudyThatWasStoppedGoesOn() throws Exception {
        assertThatThrownBy(() -> study(FOUR, new Pruning(2, 0), 0, () -> new InTurn(7)))
                .isInstanceOf(StoppedException.class)
                .hasMessageContaining("run the same command again");
        assertThat(read().trials()).extracting(StudyFile.Trial::state).contains(State.WAITING);

        study(FOUR, new Pruning(2, 0), 0, () -> new InTurn(Integer.MAX_VALUE));
        StudyFile stopped = read();
        Path first = folder.resolve("first");
        Files.move(folder.resolve("s"), first);
        study(FOUR, new Pruning(2, 0), 0, () -> new InTurn(Integer.MAX_VALUE));

        assertThat(withoutSeconds(read())).isEqualTo(withoutSeconds(stopped));
        for (StudyFile.Trial trial : stopped.trials()) {
            for (Seed seed : trial.seeds()) {
                assertThat(new RunDirectory(folder.resolve("s").resolve(seed.run())).isFinished())
                        .isEqualTo(trial.state() == State.FINISHED);
                if (trial.state() == State.FINISHED) {
                    for (String file : List.of("model.zip", "best.zip")) {
                        assertThat(folder.resolve("s").resolve(seed.run()).resolve(file))
                                .hasSameBinaryContentAs(
                                        first.resolve(seed.run()).resolve(file));
                    }
                }
            }
        }
    }

    private static List<?> withoutSeconds(StudyFile study) {
        List<Object> all = new ArrayList<>();
        for (StudyFile.Trial trial : study.trials()) {
            all.add(trial.trial());
            all.add(trial.state());
            for (Seed seed : trial.seeds()) {
                all.add(new Seed(
                        seed.seed(),
                        seed.run(),
                        seed.state(),
                        seed.steps(),
                        0,
                        seed.score(),
                        seed.curve(),
                        seed.evaluation()));
            }
        }
        return all;
    }

    @Test
    void aTrialThatFailsTakesNoOtherWithIt() throws Exception {
        Engine failing = new Engine() {
            private final Engine others = new InTurn(Integer.MAX_VALUE);

            @Override
            public void run(List<Task> tasks, Consumer<Task.Result> heard, BooleanSupplier stop)
                    throws IOException, InterruptedException {
                for (Task task : tasks) {
                    if (task.runId().equals("t1-s1")) {
                        heard.accept(new Task.Result(task.runId(), Task.End.FAILED, "Broken.", Map.of()));
                    } else {
                        others.run(List.of(task), heard, stop);
                    }
                }
            }

            @Override
            public void close() {}
        };
        Outcome outcome = study(FOUR.subList(0, 2), Pruning.NONE, 0, () -> failing);

        assertThat(outcome.data()).containsEntry("failed", 1.0);
        assertThat(read().trials())
                .extracting(StudyFile.Trial::state)
                .containsExactly(State.FINISHED, State.FAILED, State.FINISHED);
    }

    @Test
    void trialsThatAreTheSameAreTrainedOnce() throws Exception {
        study(
                Study.space(Map.of("learner.gamma", "0.9,9e-1"), Map.of(), 1, 1),
                Pruning.NONE,
                0,
                () -> new InTurn(Integer.MAX_VALUE));

        assertThat(read().trials()).extracting(StudyFile.Trial::trial).containsExactly("default", "t1");
    }

    @Test
    void namesASettingThatDoesNotExist() {
        assertThatThrownBy(() -> study(
                        Study.space(Map.of("learner.gama", "0.9,0.99"), Map.of(), 1, 1),
                        Pruning.NONE,
                        0,
                        () -> new InTurn(0)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("learner.gama is no setting; did you mean learner.gamma?");
        assertThat(folder.resolve("s")).doesNotExist();
    }

    @Test
    void seedsWithoutAnObjectiveRankLast() {
        var all = new Trial.Rank(0, 80);
        var some = new Trial.Rank(1, 50);
        var none = new Trial.Rank(2, Double.NaN);

        assertThat(all.compare(some, Objective.SECONDS)).isNegative();
        assertThat(some.compare(none, Objective.SECONDS)).isNegative();
        assertThat(all.compare(new Trial.Rank(0, 90), Objective.SECONDS)).isNegative();
        assertThat(all.compare(new Trial.Rank(0, 90), Objective.DISTANCE)).isPositive();
    }

    @Test
    void objectivesAreReadFromTheValidations() {
        List<Map<String, Double>> rows = List.of(
                Map.of("time/total_timesteps", 50.0, "train/loss", 1.0),
                Map.of("time/total_timesteps", 100.0, "eval/distance", 10.0, "eval/finished", 0.0),
                Map.of(
                        "time/total_timesteps", 200.0,
                        "eval/distance", 30.0,
                        "eval/finished", 0.5,
                        "eval/finish_seconds", 70.0),
                Map.of("time/total_timesteps", 300.0, "eval/distance", 20.0, "eval/finish_seconds", 60.0));
        RunProgress progress = new RunProgress(true, false, 300, rows);

        assertThat(progress.score(Objective.DISTANCE, 100)).isEqualTo(10);
        assertThat(progress.score(Objective.DISTANCE, 300)).isEqualTo(30);
        assertThat(progress.score(Objective.FINISH_RATE, 300)).isEqualTo(0.5);
        assertThat(progress.score(Objective.SECONDS, 100)).isNull();
        assertThat(progress.score(Objective.SECONDS, 300)).isEqualTo(60);
        // 0 to 10, 10 to 30, 30 to 20 metres, a hundred steps each.
        assertThat(progress.score(Objective.AREA_UNDER_CURVE, 300)).isEqualTo((5 + 20 + 25) / 3.0);
        assertThat(progress.validationAt(150)).isEqualTo(200);
        assertThat(progress.validationAt(301)).isEqualTo(Long.MAX_VALUE);
    }
}
