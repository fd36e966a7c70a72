package io.github.qwop.run.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.goal.Goals;
import io.github.qwop.run.GateException;
import io.github.qwop.run.Notes;
import io.github.qwop.run.evaluation.Baseline;
import io.github.qwop.run.evaluation.GateSpec;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import io.github.qwop.run.study.StudyFile.Evaluated;
import io.github.qwop.run.study.StudyFile.Seed;
import io.github.qwop.run.study.StudyFile.State;
import io.github.qwop.run.study.StudyFile.Trial;
import io.github.qwop.run.study.StudyStatistics.Ranked;
import io.github.qwop.statistics.Estimate;
import io.github.qwop.statistics.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statistics and gates of made-up studies. */
class StudyStatisticsTest {

    private static final String GAMMA = "learner.gamma";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Notes notes = new Notes();

    private static Trial trial(String name, State state, Map<String, String> settings, @Nullable Double... scores) {
        List<Seed> seeds = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            seeds.add(new Seed(i + 1, name + "-s" + (i + 1), state, 1000, 1, scores[i], List.of(), null));
        }
        return new Trial(name, settings, state, seeds);
    }

    private static StudyFile study(Objective objective, Trial... trials) {
        return new StudyFile(
                StudyFile.VERSION, "made-up", objective, objective.higherIsBetter(), "1000 steps", List.of(trials));
    }

    /** The default, a better one, a worse one, and one that was pruned. */
    private static StudyFile distances() {
        return study(
                Objective.DISTANCE,
                trial("default", State.FINISHED, Map.of(), 10.0, 12.0, 11.0, 14.0, 90.0),
                trial("t1", State.FINISHED, Map.of(GAMMA, "0.9"), 1.0, 2.0, 3.0, 4.0, 5.0),
                trial("t2", State.PRUNED, Map.of(GAMMA, "0.99"), 0.5, 0.6),
                trial("t3", State.FINISHED, Map.of(GAMMA, "0.999"), 80.0, 85.0, 90.0, 95.0, 100.0));
    }

    @Test
    void ranksByTheInterquartileMean() {
        StudyStatistics statistics = StudyStatistics.of(distances());

        assertThat(statistics.trials()).extracting(Ranked::trial).containsExactly("t3", "default", "t1", "t2");
        assertThat(statistics.trials()).extracting(Ranked::rank).containsExactly(1, 2, 3, null);
        assertThat(statistics.reference()).isEqualTo("default");
        Ranked reference = statistics.trials().get(1);
        // The middle three of 10, 11, 12, 14 and 90.
        assertThat(value(reference.iqm())).isCloseTo(37.0 / 3, within(1e-12));
        assertThat(reference.mean()).isCloseTo(27.4, within(1e-12));
        assertThat(reference.gain()).isNull();
        Ranked best = statistics.best().orElseThrow();
        assertThat(value(best.gain())).isCloseTo(90 - 37.0 / 3, within(1e-12));
        // 90 beats 80 and 85, and is as good as 90.
        assertThat(value(best.improvement())).isCloseTo(1 - 2.5 / 25, within(1e-12));
        Ranked pruned = statistics.trials().get(3);
        assertThat(pruned.scores()).isEmpty();
        assertThat(pruned.iqm()).isNull();
    }

    private static double value(@Nullable Estimate estimate) {
        return Objects.requireNonNull(estimate).value();
    }

    @Test
    void fewerSecondsAreBetter() {
        StudyStatistics statistics = StudyStatistics.of(study(
                Objective.SECONDS,
                trial("default", State.FINISHED, Map.of(), 60.0, 61.0),
                trial("t1", State.FINISHED, Map.of(), 50.0, 51.0),
                trial("t2", State.FINISHED, Map.of(), 40.0, null)));

        // A training that never finishes has no seconds, and its trial comes behind.
        assertThat(statistics.trials()).extracting(Ranked::trial).containsExactly("t1", "default", "t2");
        assertThat(value(statistics.trials().get(0).iqm())).isEqualTo(50.5);
        assertThat(statistics.trials().get(0).gain()).isEqualTo(new Estimate(10, new Interval(9, 11)));
        assertThat(statistics.trials().get(0).improvement()).isEqualTo(new Estimate(1, new Interval(1, 1)));
    }

    @Test
    void doesNotDependOnTheOrderOfTrialsAndSeeds() {
        StudyFile study = distances();
        List<Trial> turned = new ArrayList<>();
        for (Trial trial : study.trials()) {
            List<Seed> seeds = new ArrayList<>(trial.seeds());
            Collections.reverse(seeds);
            turned.add(0, new Trial(trial.trial(), trial.settings(), trial.state(), seeds));
        }
        StudyStatistics there = StudyStatistics.of(study);
        StudyStatistics back = StudyStatistics.of(study(Objective.DISTANCE, turned.toArray(Trial[]::new)));

        assertThat(back.trials())
                .extracting(Ranked::iqm)
                .isEqualTo(there.trials().stream().map(Ranked::iqm).toList());
        assertThat(back.trials())
                .extracting(Ranked::gain)
                .isEqualTo(there.trials().stream().map(Ranked::gain).toList());
    }

    @Test
    void saysThatOneSeedHasNoInterval() {
        StudyStatistics statistics = StudyStatistics.of(study(
                Objective.DISTANCE,
                trial("default", State.FINISHED, Map.of(), 60.0),
                trial("t1", State.FINISHED, Map.of(), 50.0)));

        assertThat(statistics.trials().get(0).iqm()).isEqualTo(new Estimate(60, null));
        assertThat(statistics.lines())
                .containsExactly(
                        "rank  trial    seeds        IQM  95 % interval               mean  better than default by",
                        "   1  default    1/1      60.00  one seed, no interval      60.00",
                        "   2  t1         1/1      50.00  one seed, no interval      50.00  -10.00 (one seed, no"
                                + " interval), probability 0.00");
    }

    @Test
    void saysHowMuchOfTheSpreadGoesWithASetting() {
        StudyStatistics statistics = StudyStatistics.of(study(
                Objective.DISTANCE,
                trial("t1", State.FINISHED, Map.of(GAMMA, "0.9", "nEnvs", "4"), 10.0, 12.0),
                trial("t2", State.FINISHED, Map.of(GAMMA, "0.90", "nEnvs", "8"), 11.0, 13.0),
                trial("t3", State.FINISHED, Map.of(GAMMA, "0.99", "nEnvs", "4"), 50.0, 52.0),
                trial("t4", State.FINISHED, Map.of("learner.netArch", "64,64", "nEnvs", "8"), 51.0, 53.0),
                trial("t5", State.FAILED, Map.of("nEnvs", "16"), 99.0)));

        assertThat(statistics.importance())
                .extracting(Importance::setting)
                .containsExactly(GAMMA, "learner.netArch", "nEnvs");
        Importance gamma = statistics.importance().get(0);
        // Of all 8 the deviations are 20 and 1 in the mean square: 3,208 in sum, of which the groups' own keep 8, 2 and
        // 2.
        assertThat(gamma.share()).isCloseTo(1 - 9.0 / 3213, within(0.001));
        assertThat(gamma.values()).extracting(Importance.Value::value).containsExactly("0.9", "0.99", "default");
        assertThat(gamma.values()).extracting(Importance.Value::trials).containsExactly(2, 1, 1);
        // Ranks 3 to 6 of 10, 11, 12 and 13: the middle two.
        assertThat(gamma.values().get(0).iqm().value()).isEqualTo(11.5);
        assertThat(statistics.importance().get(2).share()).isLessThan(0.01);
    }

    @Test
    void takesNeighboursOfManyNumbersTogether() {
        Trial[] trials = new Trial[9];
        for (int i = 0; i < trials.length; i++) {
            trials[i] = trial("t" + i, State.FINISHED, Map.of("learner.learningRate", (9 - i) + "e-5"), i + 0.0);
        }

        Importance importance = StudyStatistics.of(study(Objective.DISTANCE, trials))
                .importance()
                .get(0);

        assertThat(importance.values())
                .extracting(Importance.Value::value)
                .containsExactly("1e-5 … 2e-5", "3e-5 … 4e-5", "5e-5 … 6e-5", "7e-5 … 9e-5");
        // One seed in each trial: nobody knows how far chance goes.
        assertThat(importance.values().get(0).iqm()).isEqualTo(new Estimate(7.5, null));
    }

    @Test
    void comesBackAsItWasWritten() throws IOException {
        StudyStatistics statistics = StudyStatistics.of(distances());
        statistics.write(folder);

        assertThat(StudyStatistics.read(folder)).isEqualTo(statistics);
    }

    @Test
    void refusesWhatIsNoneOfItsFiles() throws IOException {
        assertThatThrownBy(() -> StudyStatistics.read(folder))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("does not exist: run qwop:sweep again");
        for (String text : List.of("{", "null", "{\"version\": 2}", "{\"version\": 1}", "[1]")) {
            Files.writeString(folder.resolve(StudyStatistics.NAME), text);
            assertThatThrownBy(() -> StudyStatistics.read(folder))
                    .as(text)
                    .isInstanceOf(SettingException.class)
                    .hasMessageContaining("study-statistics.json are ");
        }
    }

    @Test
    void nothingIsKnownOfAStudyThatHasNotBegun() {
        StudyStatistics none = StudyStatistics.of(study(Objective.DISTANCE));

        assertThat(none.best()).isEmpty();
        assertThat(none.lines()).hasSize(1);
        assertThat(StudyStatistics.of(
                                study(Objective.DISTANCE, trial("default", State.WAITING, Map.of(), (Double) null)))
                        .lines())
                .last()
                .isEqualTo("   -  default    0/1          -  waiting                        -");
    }

    private static GateSpec gate(String... settings) {
        return Settings.bind(
                GateSpec.NOTHING,
                settings.length == 2
                        ? Map.of(settings[0], settings[1])
                        : Map.of(settings[0], settings[1], settings[2], settings[3]));
    }

    private List<GateSpec.Outcome> check(GateSpec gate, StudyFile study, @Nullable Baseline baseline) {
        return StudyGates.check(gate, study, StudyStatistics.of(study), baseline);
    }

    @Test
    void theBestTrialHoldsTheGates() {
        GateSpec.Outcome held =
                check(gate("minIqmDistance", "90"), distances(), null).get(0);
        assertThat(held.passed()).isTrue();
        assertThat(held.value()).isEqualTo(90);
        assertThat(check(gate("minIqmDistance", "90.1"), distances(), null)
                        .get(0)
                        .passed())
                .isFalse();
        StudyFile unsure = study(
                Objective.DISTANCE,
                trial("default", State.FINISHED, Map.of(), 10.0, 12.0, 11.0, 14.0, 90.0),
                trial("t1", State.FINISHED, Map.of(), 12.0, 13.0, 15.0, 14.0, 80.0));
        assertThat(check(gate("betterThanBaseline", "95%"), unsure, null).get(0).passed())
                .isFalse();
        StudyFile alone = study(Objective.DISTANCE, trial("default", State.FINISHED, Map.of(), 10.0, 12.0));
        assertThat(check(gate("betterThanBaseline", "95%"), alone, null).get(0).passed())
                .isFalse();
        StudyFile sure = study(
                Objective.DISTANCE,
                trial("default", State.FINISHED, Map.of(), 10.0, 12.0, 11.0, 14.0, 9.0),
                trial("t1", State.FINISHED, Map.of(), 80.0, 85.0, 90.0, 95.0, 100.0));
        assertThat(check(gate("betterThanBaseline", "95%"), sure, null).get(0).passed())
                .isTrue();
        assertThat(check(gate("betterThanBaseline", "95%"), sure, baseline(79))
                        .get(0)
                        .passed())
                .isTrue();
        assertThat(check(gate("betterThanBaseline", "95%"), sure, baseline(85))
                        .get(0)
                        .passed())
                .isFalse();
    }

    private static Baseline baseline(double metres) {
        return new Baseline(1, "released", 1000, 2, Map.of(), List.of(metres, metres), null, null, null);
    }

    @Test
    void anEvaluationsDistanceCountsWhateverTheObjective() {
        Seed one = new Seed(1, "t1-s1", State.FINISHED, 9, 1, 0.5, List.of(), new Evaluated(100, 70, 0.5, null));
        Seed two = new Seed(2, "t1-s2", State.FINISHED, 9, 1, 0.5, List.of(), new Evaluated(100, 80, 0.5, null));
        StudyFile study = study(Objective.FINISH_RATE, new Trial("t1", Map.of(), State.FINISHED, List.of(one, two)));

        assertThat(check(gate("minIqmDistance", "75"), study, null).get(0).value())
                .isEqualTo(75);
        assertThatThrownBy(() -> check(
                        gate("minIqmDistance", "75"),
                        study(Objective.FINISH_RATE, trial("t1", State.FINISHED, Map.of(), 0.5, 0.6)),
                        null))
                .isInstanceOf(SettingException.class)
                .hasMessage(
                        "The gates need the mean distance of every training of t1, and t1-s1 has none: let the study"
                                + " evaluate its best checkpoints.");
    }

    @Test
    void gatesOfOnePolicyAndStudiesOfOneSeedAreRefused() {
        StudyGates.require(GateSpec.NOTHING, 1);
        StudyGates.require(gate("minIqmDistance", "90"), 2);
        assertThatThrownBy(() -> StudyGates.require(gate("minMeanDistance", "90"), 5))
                .isInstanceOf(SettingException.class)
                .hasMessage("gate.minMeanDistance is of the episodes of one policy, and this is a study: declare it for"
                        + " qwop:evaluate, or set gate.minIqmDistance or gate.betterThanBaseline.");
        assertThatThrownBy(() -> StudyGates.require(gate("minIqmDistance", "90"), 1))
                .isInstanceOf(SettingException.class)
                .hasMessage("gate.minIqmDistance is over the seeds of a trial, and there is one seed: set seeds to 5 or"
                        + " more, or declare a gate for qwop:evaluate.");
        assertThatThrownBy(() -> check(
                        gate("minIqmDistance", "90"),
                        study(Objective.DISTANCE, trial("t1", State.FAILED, Map.of(), 1.0)),
                        null))
                .hasMessageContaining("No trial of the study made-up is ranked");
    }

    @Test
    void aStudyThatIsNotAtItsEndHoldsNoGates() throws Exception {
        Trial good = trial("default", State.FINISHED, Map.of(), 90.0, 91.0);
        Trial pruned = trial("t1", State.PRUNED, Map.of(), 1.0);
        Trial failed = trial("t2", State.FAILED, Map.of(), (Double) null);
        GateSpec gate = gate("minIqmDistance", "80");
        StudyFile ended = study(Objective.DISTANCE, good, pruned, failed);
        assertThat(check(gate, ended, null)).hasSize(1);

        Seed done = new Seed(1, "t3-s1", State.FINISHED, 9, 1, 70.0, List.of(), new Evaluated(9, 70, 0.5, null));
        Seed open = new Seed(2, "t3-s2", State.FINISHED, 9, 1, 70.0, List.of(), null);
        Map<Trial, String> notEnded = Map.of(
                trial("t3", State.WAITING, Map.of(), 80.0, null),
                "of 6 trainings 2 are not at their end, and 0 more",
                trial("t3", State.FINISHED, Map.of(), 80.0),
                "of 6 trainings 1 are not at their end, and 0 more",
                new Trial("t3", Map.of(), State.WAITING, List.of(done, open)),
                "0 are not at their end, and 3 more");
        notEnded.forEach((trial, text) -> assertThatThrownBy(
                        () -> check(gate, study(Objective.DISTANCE, good, pruned, failed, trial), null))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("The study made-up cannot hold its gates yet: ")
                .hasMessageContaining(text)
                .hasMessageEndingWith(" are not evaluated: run qwop:sweep again, which goes on with them."));

        // Gates of before do not stand for a study that has been begun anew.
        Path made = folder.resolve("made-up");
        StudyGates.conclude(made, ended, gate, null, false, notes);
        study(Objective.DISTANCE, trial("default", State.WAITING, Map.of(), 90.0, 91.0))
                .write(made);
        assertThatThrownBy(() -> StudyGates.hold(made)).hasMessageContaining("of 2 trainings 2 are not at their end");
    }

    @Test
    void aFallenGateIsWrittenDownBeforeItFellsTheBuild() throws IOException, GateException {
        Path study = folder.resolve("made-up");
        distances().write(study);
        assertThatThrownBy(
                        () -> StudyGates.conclude(study, distances(), gate("minIqmDistance", "95"), null, false, notes))
                .isInstanceOf(GateException.class)
                .hasMessageStartingWith("The gate of study made-up fell: minIqmDistance asks for at least 95.00 and the"
                        + " policy reached 90.00, by its best trial, t3. See ");
        assertThat(study.resolve("TEST-qwop-made-up.xml")).content().contains("failures=\"1\"");
        assertThat(notes.infos()).anyMatch(line -> line.matches(" +1 +t3 +5/5 +90[.]00 .*"));
        assertThatThrownBy(() -> StudyGates.hold(study)).isInstanceOf(GateException.class);

        assertThat(StudyGates.conclude(study, distances(), gate("minIqmDistance", "95"), null, true, notes)
                        .sentence())
                .isEqualTo("Study made-up: best is t3 of 4 trials; 0 of 1 gates hold.");
        assertThat(StudyGates.conclude(
                                study,
                                distances(),
                                gate("minIqmDistance", "85", "betterThanBaseline", "60%"),
                                null,
                                false,
                                notes)
                        .sentence())
                .isEqualTo("Study made-up: best is t3 of 4 trials; 2 of 2 gates hold.");
        assertThat(StudyGates.hold(study).data()).containsEntry("bestIqm", 90.0);
    }

    /** The goal gate holds what is declared for it, else what is written down. */
    @Test
    void theGoalHoldsAStudyWhereOneLies() throws Exception {
        Path study = folder.resolve("made-up");
        Files.createDirectories(study);
        distances().write(study);
        assertThatThrownBy(() -> gateGoal("runId", "made-up"))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("study-statistics.json does not exist");
        assertThatThrownBy(() -> gateGoal("runId", "made-up", "gate.minIqmDistance", "95"))
                .isInstanceOf(GateException.class);
        assertThatThrownBy(() -> gateGoal("runId", "made-up")).isInstanceOf(GateException.class);
        assertThat(gateGoal("runId", "made-up", "gate.minIqmDistance", "90"))
                .isEqualTo("Study made-up: best is t3 of 4 trials; 1 of 1 gates hold.");
        assertThat(gateGoal("runId", "made-up")).endsWith("1 of 1 gates hold.");
        assertThatThrownBy(() -> gateGoal(
                        "runId", "made-up", "gate.betterThanBaseline", "95%", "baseline", "runner-1.4-policy.onnx"))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> gateGoal("runId", "one-run", "gate.minIqmDistance", "80"))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("There is neither a run nor a study in ");
        Files.createDirectories(folder.resolve("one-run"));
        Files.writeString(folder.resolve("one-run/evaluation.json"), "{}");
        assertThatThrownBy(() -> gateGoal("runId", "one-run", "gate.minIqmDistance", "80"))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("it is of the seeds of a study, and this is one policy");
    }

    private String gateGoal(String... settings) throws Exception {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return Goals.run("gate", folder, all, notes, () -> false).sentence();
    }
}
