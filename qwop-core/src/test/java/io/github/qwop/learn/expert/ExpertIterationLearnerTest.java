package io.github.qwop.learn.expert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.env.Simulator;
import io.github.qwop.env.VectorEnv;
import io.github.qwop.learn.Learner;
import io.github.qwop.learn.Section;
import io.github.qwop.learn.ppo.PpoLearner;
import io.github.qwop.learn.ppo.PpoSpec;
import io.github.qwop.learn.problems.CartPole;
import io.github.qwop.learn.problems.Corridor;
import io.github.qwop.learn.problems.MemoryState;
import io.github.qwop.learn.problems.Problem;
import io.github.qwop.model.Activation;
import io.github.qwop.model.ActorCritic;
import io.github.qwop.model.MlpForward;
import io.github.qwop.parallel.Workers;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpertIterationLearnerTest {

    private static ExpertIterationSpec expert(Map<String, String> settings) {
        return Settings.bind(ExpertIterationSpec.DEFAULT, settings);
    }

    /** Rounds of 4 × 10 steps with 4 × 4 labels. */
    private static final ExpertIterationSpec SMALL =
            expert(Map.of("nSteps", "10", "labelFreq", "3", "horizon", "5", "batchSize", "10", "netArch", "16,16"));

    private static ExpertIterationLearner learner(ExpertIterationSpec spec, VectorEnv env, long totalSteps, long seed) {
        return new ExpertIterationLearner(spec, env, totalSteps, seed, (e, episode) -> {}, Workers.one());
    }

    private static void train(Learner learner, long totalSteps) {
        while (learner.steps() < totalSteps) {
            learner.iterate();
        }
    }

    /** Every third of 10 steps of 4 environments: 16 labels of 2 actions, whose corridor is too long to end. */
    @Test
    void plansFromSoManyStates() {
        try (ExpertIterationLearner learner = learner(SMALL, new Corridor(4, 1000, 7), 40, 7)) {
            learner.iterate();
            Map<String, Double> metrics = learner.metrics();
            assertThat(learner.steps()).isEqualTo(40);
            assertThat(metrics.get("train/planned_steps")).isEqualTo(16 * 2 * 5);
            assertThat(metrics.get("train/n_updates"))
                    .as("batches of 10, in 4 passes")
                    .isEqualTo(2 * 4);
        }
    }

    @Test
    void theLastRoundIsCutToTheTotalAndNotLearnedFrom() throws IOException {
        try (ExpertIterationLearner learner = learner(SMALL, new CartPole(4, 50, 7), 48, 7)) {
            learner.iterate();
            MemoryState before = MemoryState.of(learner::saveNetwork);
            learner.iterate();
            learner.iterate();
            assertThat(learner.steps()).isEqualTo(48);
            assertThat(MemoryState.of(learner::saveNetwork)).isEqualTo(before);
        }
    }

    /** They are one form of network, so that values come with the policy. */
    @Test
    void goesOnFromPpo() throws IOException {
        PpoSpec ppo = Settings.bind(PpoSpec.PPO, Map.of("nSteps", "10", "netArch", "16,16"));
        try (PpoLearner teacher =
                        new PpoLearner(ppo, new CartPole(4, 50, 7), 400, 7, (e, episode) -> {}, Workers.one());
                ExpertIterationLearner pupil = learner(SMALL, new CartPole(4, 50, 9), 400, 9)) {
            train(teacher, 400);
            MemoryState old = MemoryState.of(teacher::save);
            pupil.startFrom(old);
            assertThat(MemoryState.of(pupil::save).sections().get(Learner.PARAMETERS))
                    .isEqualTo(old.sections().get(Learner.PARAMETERS));
        }
    }

    @Test
    void aPolicyAndItsValuesAreTakenOver() throws IOException {
        try (ExpertIterationLearner teacher = learner(SMALL, new CartPole(4, 50, 7), 400, 7);
                ExpertIterationLearner pupil = learner(SMALL, new CartPole(4, 50, 9), 400, 9)) {
            float[] observation = {0.1f, -0.2f, 0.05f, 0.3f};
            MemoryState before = MemoryState.of(pupil::saveNetwork);
            pupil.startFrom(teacher.actor());
            assertThat(new MlpForward(pupil.actor()).run(observation, 0))
                    .isEqualTo(new MlpForward(teacher.actor()).run(observation, 0));
            MemoryState policyAlone = MemoryState.of(pupil::saveNetwork);
            assertThat(policyAlone).isNotEqualTo(before);
            try (ActorCritic other = new ActorCritic(
                    new ActorCritic.Form(List.of(16, 16), Activation.TANH, false, true),
                    4,
                    2,
                    ActorCritic.Values.OF_STATES,
                    1,
                    RandomStream.of(3, "test"),
                    Workers.one())) {
                pupil.startFrom(teacher.actor(), other.critic());
                assertThat(MemoryState.of(pupil::saveNetwork)).isNotEqualTo(policyAlone);
                pupil.startFrom(other.actor(), other.critic());
                Section all = Section.of(Learner.PARAMETERS, other.parameters()::save, other.parameters()::restore);
                assertThat(MemoryState.of(pupil::saveNetwork).sections().get(Learner.PARAMETERS))
                        .isEqualTo(MemoryState.of(writer -> Section.saveAll(List.of(all), writer))
                                .sections()
                                .get(Learner.PARAMETERS));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nSteps| 0| learner.nSteps is 0: give a whole number, at least 1.",
                "labelFreq| 0| learner.labelFreq is 0: give a whole number, at least 1.",
                "horizon| 0| learner.horizon is 0: give a whole number, at least 1.",
                "labelFreq| 65| learner.labelFreq is 65 and learner.nSteps 64: no step after the first would ever be planned"
                        + " from; give at most nSteps.",
                "maxKl| 0| learner.maxKl is const_0: give a number above 0, or a schedule that stays above it, such as"
                        + " 0.25.",
                "maxKl| lin_decay_1_0_1| learner.maxKl is lin_decay_1_0_1: give a number above 0, or a schedule that"
                        + " stays above it, such as 0.25.",
                "batchSize| -1| learner.batchSize is -1: give a whole number, at least 1, or 0 for all labels of a"
                        + " round.",
                "nEpochs| 0| learner.nEpochs is 0: give a whole number, at least 1.",
                "gamma| 1.1| learner.gamma is 1.1: give a number from 0 to 1.",
            })
    void badValuesAreRefused(String name, String value, String message) {
        assertThatThrownBy(() -> expert(Map.of(name, value)))
                .isInstanceOf(SettingException.class)
                .hasMessage(message);
    }

    @Test
    void whatDoesNotFitTheTrainingIsRefused() {
        assertThatThrownBy(() -> ExpertIterationSpec.DEFAULT.check(100, 8))
                .hasMessageContaining("learner.nSteps is 64 with 8 environments and totalTimesteps 100: one rollout");
        assertThatThrownBy(() ->
                        expert(Map.of("nSteps", "2_000", "horizon", "200")).check(1_000_000_000, 8))
                .hasMessage(
                        "learner.nSteps is 2000, labelFreq 4 and horizon 200 with 8 environments: a round would plan"
                                + " 800,000 steps for each action, and a training can be stopped between rounds alone; give at"
                                + " most 100,000.");
        assertThatThrownBy(() -> expert(Map.of("nSteps", "2_000_000_000", "labelFreq", "1_999_999_999"))
                        .check(100_000_000_000_000L, 5_000))
                .hasMessageContaining("a round would plan 200,000 steps");
    }

    @Test
    void anEnvironmentThatCannotBePlannedWithIsRefusedAsItIs() {
        VectorEnv stubborn = new Problem(4, 1, 2, 0, 7) {
            @Override
            protected void start(double[] state, RandomStream random) {}

            @Override
            protected double play(double[] state, int action, RandomStream random) {
                return 0;
            }

            @Override
            protected boolean isOver(double[] state) {
                return true;
            }

            @Override
            public Simulator simulator(int env) {
                throw new IllegalArgumentException("not this one");
            }

            @Override
            public void reset() {
                throw new AssertionError("It was reset.");
            }
        };
        assertThatThrownBy(() -> learner(SMALL, stubborn, 400, 7)).hasMessage("not this one");
    }
}
