package io.github.qwop.learn.acer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.env.EpisodeResult;
import io.github.qwop.env.VectorEnv;
import io.github.qwop.learn.Learner;
import io.github.qwop.learn.problems.CartPole;
import io.github.qwop.learn.problems.MemoryState;
import io.github.qwop.learn.problems.TwoArmedBandit;
import io.github.qwop.model.MlpForward;
import io.github.qwop.parallel.Workers;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcerLearnerTest {

    private static AcerSpec acer(Map<String, String> settings) {
        return Settings.bind(AcerSpec.ACER, settings);
    }

    /** Rollouts of 8 × 10 steps, 6 of which are kept. */
    private static final AcerSpec SMALL =
            acer(Map.of("nSteps", "10", "bufferSize", "65", "replayStart", "20", "netArch", "16,16"));

    private static AcerLearner learner(AcerSpec spec, VectorEnv env, long totalSteps, long seed) {
        return new AcerLearner(spec, env, totalSteps, seed, (e, episode) -> {}, Workers.one());
    }

    private static void train(AcerLearner learner, long totalSteps) {
        while (learner.steps() < totalSteps) {
            learner.iterate();
        }
    }

    @Test
    void aStateOfAnotherBufferIsRefused() throws IOException {
        try (AcerLearner learner = learner(SMALL, new CartPole(8, 50, 7), 1600, 7);
                AcerLearner other =
                        learner(Settings.bind(SMALL, Map.of("bufferSize", "75")), new CartPole(8, 50, 7), 1600, 7)) {
            train(learner, 160);
            MemoryState state = MemoryState.of(learner::save);
            assertThatThrownBy(() -> other.restore(state))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the buffer has 6 rollouts of 8 environments, not 7 of 8");
        }
    }

    @Test
    void theLastRolloutIsCutToTheTotalAndNotLearnedFrom() throws IOException {
        List<EpisodeResult> episodes = new ArrayList<>();
        try (AcerLearner learner = new AcerLearner(
                SMALL, new TwoArmedBandit(8, 1), 120, 1, (e, episode) -> episodes.add(episode), Workers.one())) {
            learner.iterate();
            assertThat(learner.steps()).isEqualTo(80);
            MemoryState before = MemoryState.of(learner::saveNetwork);
            learner.iterate();
            learner.iterate();
            assertThat(learner.steps()).isEqualTo(120);
            assertThat(episodes).hasSize(120);
            assertThat(MemoryState.of(learner::saveNetwork)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 20, 1", "4, 20, 4.96", "4, 60, 4.8", "0.5, 0, 1.5"})
    void soMuchIsReplayed(String ratio, String start, double updatesPerRollout) {
        AcerSpec spec = Settings.bind(SMALL, Map.of("replayRatio", ratio, "replayStart", start));
        try (AcerLearner learner = learner(spec, new TwoArmedBandit(8, 1), 80 * 100, 1)) {
            train(learner, 80 * 100);
            double updates = learner.metrics().getOrDefault("train/n_updates", 0.0);
            assertThat(updates / 100).isCloseTo(updatesPerRollout, within(0.45));
        }
    }

    /** Of a rollout that it has just played, and learns from first, the policy's weights are all 1. */
    @Test
    void theFirstUpdateIsOnWhatThePolicyPlayed() {
        AcerSpec spec = Settings.bind(SMALL, Map.of("replayRatio", "0", "correctionTerm", "1.01"));
        try (AcerLearner learner = learner(spec, new CartPole(8, 50, 1), 800, 1)) {
            learner.iterate();
            Map<String, Double> metrics = learner.metrics();
            assertThat(metrics.get("train/loss_bc")).isZero();
            assertThat(metrics.get("train/average_kl")).isCloseTo(0, within(1e-9));
            assertThat(metrics.get("train/n_updates")).isEqualTo(1);
        }
    }

    @Test
    void theAverageFollowsSlowly() {
        Map<String, String> fast = new HashMap<>(Map.of("alpha", "0", "replayRatio", "0", "learningRate", "0.01"));
        Map<String, String> slow = new HashMap<>(Map.of("alpha", "0.99", "replayRatio", "0", "learningRate", "0.01"));
        List<Double> divergences = new ArrayList<>();
        for (Map<String, String> settings : List.of(fast, slow)) {
            try (AcerLearner learner = learner(Settings.bind(SMALL, settings), new CartPole(8, 50, 1), 1600, 1)) {
                train(learner, 1600);
                divergences.add(learner.metrics().get("train/average_kl"));
            }
        }
        assertThat(divergences.get(0)).as("the average is the policy").isCloseTo(0, within(1e-9));
        assertThat(divergences.get(1)).isGreaterThan(1e-6);
    }

    @Test
    void goesOnWithAnotherTrainingsAverage() throws IOException {
        MemoryState old;
        try (AcerLearner learner = learner(SMALL, new CartPole(8, 50, 7), 1600, 7)) {
            train(learner, 1600);
            old = MemoryState.of(learner::save);
        }
        try (AcerLearner next = learner(SMALL, new CartPole(8, 50, 9), 1600, 9)) {
            next.startFrom(old);
            MemoryState now = MemoryState.of(next::save);
            assertThat(now.sections().get(Learner.TARGET))
                    .isEqualTo(old.sections().get(Learner.TARGET));
        }
    }

    @Test
    void aPolicyAloneIsTakenOverWithItsAverage() throws IOException {
        try (AcerLearner teacher = learner(SMALL, new CartPole(8, 50, 7), 1600, 7);
                AcerLearner pupil = learner(SMALL, new CartPole(8, 50, 9), 1600, 9)) {
            train(teacher, 800);
            pupil.startFrom(teacher.actor());
            float[] observation = {0.1f, -0.2f, 0.05f, 0.3f};
            assertThat(new MlpForward(pupil.actor()).run(observation, 0))
                    .isEqualTo(new MlpForward(teacher.actor()).run(observation, 0));
            pupil.iterate();
            // Its first update still finds the average where the policy is.
            assertThat(pupil.metrics().get("train/average_kl")).isCloseTo(0, within(1e-9));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nSteps| 0| learner.nSteps is 0: give a whole number, at least 1.",
                "bufferSize| 10| learner.nSteps is 20 and learner.bufferSize 10: a rollout must fit; give fewer nSteps, 20 is"
                        + " usual, or a larger bufferSize.",
                "replayRatio| -1| learner.replayRatio is -1.0: give a number from 0 to 100, 4 is usual.",
                "replayStart| 6000| learner.replayStart is 6000 and learner.bufferSize 5000: so much is never kept; give"
                        + " at most that, or replayRatio 0.",
                "correctionTerm| 0| learner.correctionTerm is 0.0: give a number above 0.",
                "alpha| 1| learner.alpha is 1.0: give a number from 0 to below 1.",
                "delta| -1| learner.delta is -1.0: give a number, 0 or more.",
                "qCoef| -1| learner.qCoef is -1.0: give a number, 0 or more.",
                "rpropEpsilon| 0| learner.rpropEpsilon is 0.0: give a number above 0.",
            })
    void badValuesAreRefused(String name, String value, String message) {
        assertThatThrownBy(() -> acer(Map.of(name, value)))
                .isInstanceOf(SettingException.class)
                .hasMessage(message);
    }

    @Test
    void whatDoesNotFitTheTrainingIsRefused() {
        assertThatThrownBy(() -> AcerSpec.ACER.check(100, 8))
                .hasMessageContaining("learner.nSteps is 20 with 8 environments and totalTimesteps 100: one rollout");
        AcerSpec wide = acer(Map.of("nSteps", "20_000", "bufferSize", "20_000"));
        assertThatThrownBy(() -> wide.check(1_000_000, 8))
                .hasMessageContaining("learner.nSteps is 20000 with 8 environments: a rollout is learned from at once");
        AcerSpec large = acer(Map.of("bufferSize", "1_000_000"));
        assertThatThrownBy(() -> large.check(1_000_000, 8))
                .hasMessageContaining("learner.bufferSize is 1000000 steps of 8 environments");
    }

    /** A rollout is stored with the likelihoods of its actions, whatever the policy is by then. */
    @Test
    void trajectoriesComeBackAsTheyWereSaved() throws IOException {
        try (AcerLearner learner = learner(SMALL, new CartPole(8, 7, 7), 800, 7)) {
            train(learner, 400);
            MemoryState saved = MemoryState.of(learner::save);
            try (AcerLearner other = learner(SMALL, new CartPole(8, 7, 8), 800, 8)) {
                other.restore(saved);
                assertThat(MemoryState.of(other::save).sections().get("replay"))
                        .isEqualTo(saved.sections().get("replay"));
            }
        }
    }
}
