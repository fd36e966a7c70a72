package io.github.qwop.learn.imitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.env.Demonstrations;
import io.github.qwop.learn.problems.MemoryState;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.MlpForward;
import io.github.qwop.parallel.Workers;
import io.github.qwop.run.settings.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BehaviouralCloningTest {

    /** On 0 always action 0, on 1 action 1 three times of four, else 2. */
    private static Demonstrations habits() {
        float[] observations = new float[400];
        int[] actions = new int[400];
        for (int i = 0; i < 400; i++) {
            observations[i] = i % 2;
            actions[i] = i % 2 == 0 ? 0 : i % 8 == 7 ? 2 : 1;
        }
        return Demonstrations.ofActions(1, 3, observations, actions);
    }

    private static CloningSpec spec(Map<String, String> settings) {
        return Settings.bind(CloningSpec.DEFAULT, settings);
    }

    private static BehaviouralCloning cloning(Map<String, String> settings, long steps, long seed) {
        return new BehaviouralCloning(spec(settings), habits(), steps, seed, Workers.one());
    }

    private static void train(BehaviouralCloning cloning, long until) {
        while (cloning.steps() < until) {
            cloning.iterate();
        }
    }

    @Test
    void learnsHowOftenEachActionIsTaken() {
        try (BehaviouralCloning cloning = cloning(Map.of("entWeight", "0", "learningRate", "0.003"), 80_000, 1)) {
            train(cloning, 80_000);
            Mlp actor = cloning.actor();
            assertThat(BehaviouralCloning.agreement(actor, habits())).isEqualTo((200 + 150) / 400.0);
            float[] logits = new MlpForward(actor).run(new float[] {1}, 0);
            assertThat(Math.exp(logits[1] - logits[2])).isCloseTo(3, within(0.3));
            assertThat(Math.exp(logits[1] - logits[0])).isGreaterThan(100);
        }
    }

    @Test
    void theFirstLossIsThatOfAnEvenPolicyAndTheLastTheHabitsEntropy() {
        try (BehaviouralCloning cloning = cloning(Map.of("batchSize", "400", "entWeight", "0.5"), 400, 1)) {
            cloning.iterate();
            // The last layer begins small: the policy is nearly even over its three actions.
            Map<String, Double> metrics = cloning.metrics();
            assertThat(metrics.get("train/neglogp")).isCloseTo(Math.log(3), within(0.01));
            assertThat(metrics.get("train/entropy_loss")).isCloseTo(-Math.log(3), within(0.01));
            assertThat(metrics.get("train/loss")).isCloseTo(Math.log(3) - 0.5 * Math.log(3), within(0.01));
        }
        Map<String, String> plain = Map.of("batchSize", "400", "entWeight", "0", "learningRate", "0.01");
        try (BehaviouralCloning cloning = cloning(plain, 400_000, 1)) {
            train(cloning, 400_000 - 400);
            cloning.metrics();
            cloning.iterate();
            double entropy = -0.75 * Math.log(0.75) - 0.25 * Math.log(0.25);
            assertThat(cloning.metrics().get("train/loss")).isCloseTo(0.5 * entropy, within(0.005));
        }
    }

    @Test
    void theLastBatchIsCutToTheTotalAndAPassHasEveryStepOnce() {
        try (BehaviouralCloning cloning = cloning(Map.of("batchSize", "300"), 950, 1)) {
            List<Long> ends = new ArrayList<>();
            while (cloning.steps() < 950) {
                cloning.iterate();
                ends.add(cloning.steps());
            }
            cloning.iterate();
            assertThat(ends).containsExactly(300L, 400L, 700L, 800L, 950L);
            assertThat(cloning.steps()).isEqualTo(950);
        }
    }

    @Test
    void equalSeedsGiveEqualPoliciesAndOthersDoNot() throws IOException {
        List<MemoryState> states = new ArrayList<>();
        for (long seed : new long[] {1, 1, 2}) {
            try (BehaviouralCloning cloning = cloning(Map.of("batchSize", "30"), 1200, seed)) {
                train(cloning, 1200);
                states.add(MemoryState.of(cloning::save));
            }
        }
        assertThat(states.get(0)).isEqualTo(states.get(1));
        assertThat(states.get(0)).isNotEqualTo(states.get(2));
    }

    @Test
    void aResumedCloningEndsAsAnUninterruptedOne() throws IOException {
        Map<String, String> settings = Map.of("batchSize", "30", "learningRate", "lin_decay_0.01_0.001_1");
        MemoryState halfway;
        MemoryState end;
        try (BehaviouralCloning cloning = cloning(settings, 3000, 1)) {
            train(cloning, 1000);
            halfway = MemoryState.of(cloning::save);
            train(cloning, 3000);
            end = MemoryState.of(cloning::save);
        }
        try (BehaviouralCloning resumed = cloning(settings, 3000, 99)) {
            resumed.restore(halfway);
            assertThat(MemoryState.of(resumed::save)).isEqualTo(halfway);
            train(resumed, 3000);
            assertThat(MemoryState.of(resumed::save)).isEqualTo(end);
        }
    }

    @Test
    void aRollbackReturnsToTheNetworkAndLowersTheRate() throws IOException {
        try (BehaviouralCloning cloning = cloning(Map.of(), 3000, 1)) {
            train(cloning, 1000);
            MemoryState good = MemoryState.of(cloning::saveNetwork);
            train(cloning, 2000);
            assertThat(MemoryState.of(cloning::saveNetwork)).isNotEqualTo(good);
            cloning.rollBack(good, 0, 0.5);
            assertThat(MemoryState.of(cloning::saveNetwork)).isEqualTo(good);
            assertThat(cloning.metrics()).containsEntry("train/learning_rate", 0.0005);
        }
    }

    @Test
    void goesOnFromAPolicyOfTheSameFormAlone() throws IOException {
        try (BehaviouralCloning old = cloning(Map.of(), 400, 1);
                BehaviouralCloning fresh = cloning(Map.of(), 400, 2);
                BehaviouralCloning other = cloning(Map.of(), 400, 3);
                BehaviouralCloning wide = cloning(Map.of("netArch", "64,65"), 400, 4)) {
            train(old, 400);
            fresh.startFrom(old.network());
            other.startFrom(MemoryState.of(old::saveNetwork));
            float[] expected = new MlpForward(old.actor()).run(new float[] {1}, 0);
            assertThat(new MlpForward(fresh.actor()).run(new float[] {1}, 0)).isEqualTo(expected);
            assertThat(new MlpForward(other.actor()).run(new float[] {1}, 0)).isEqualTo(expected);
            assertThatThrownBy(() -> wide.startFrom(old.network()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("[1, 64, 64, 3]")
                    .hasMessageContaining("give learner.netArch");
        }
    }

    @Test
    void nothingCannotBeImitated() {
        assertThatThrownBy(() ->
                        new BehaviouralCloning(CloningSpec.DEFAULT, Demonstrations.none(1, 3), 100, 1, Workers.one()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no steps to imitate");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            learningRate | fast | the schedule "fast" is not understood
            batchSize    | 0    | learner.batchSize is 0: give a whole number, at least 1.
            entWeight    | -0.1 | learner.entWeight is -0.1: give a number, 0 or more.
            netArch      | 0    | learner.netArch's layer size is 0: give a whole number, 1 to 16384.
            """)
    void aBadValueIsRefusedInOneSentence(String name, String value, String sentence) {
        assertThatThrownBy(() -> spec(Map.of(name, value))).hasMessageContaining(sentence);
    }
}
