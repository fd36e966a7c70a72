package io.github.qwop.learn.imitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.env.Demonstrations;
import io.github.qwop.model.DenseLayer;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.MlpForward;
import io.github.qwop.run.settings.Settings;
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
        return new Demonstrations(1, 3, observations, actions);
    }

    private static CloningSpec spec(Map<String, String> settings) {
        return Settings.bind(CloningSpec.DEFAULT, settings);
    }

    @Test
    void learnsHowOftenEachActionIsTaken() {
        CloningSpec spec = spec(Map.of("nEpochs", "200", "entWeight", "0", "learningRate", "0.003"));
        Mlp actor = BehaviouralCloning.clone(spec, habits(), 1);
        assertThat(BehaviouralCloning.agreement(actor, habits())).isEqualTo((200 + 150) / 400.0);
        float[] logits = new MlpForward(actor).run(new float[] {1}, 0);
        assertThat(Math.exp(logits[1] - logits[2])).isCloseTo(3, within(0.3));
        assertThat(Math.exp(logits[1] - logits[0])).isGreaterThan(100);
    }

    @Test
    void theFirstLossIsThatOfAnEvenPolicyAndTheLastTheHabitsEntropy() {
        CloningSpec spec = spec(Map.of("batchSize", "400", "entWeight", "0.5", "learningRate", "0.01"));
        try (BehaviouralCloning cloning = new BehaviouralCloning(spec, habits(), 1)) {
            // The last layer begins small: the policy is nearly even over its three actions.
            assertThat(cloning.pass()).isCloseTo(Math.log(3) - 0.5 * Math.log(3), within(0.01));
        }
        CloningSpec plain = spec(Map.of("batchSize", "400", "entWeight", "0", "learningRate", "0.01"));
        try (BehaviouralCloning cloning = new BehaviouralCloning(plain, habits(), 1)) {
            double loss = Double.NaN;
            for (int i = 0; i < 1000; i++) {
                loss = cloning.pass();
            }
            double entropy = -0.75 * Math.log(0.75) - 0.25 * Math.log(0.25);
            assertThat(loss).isCloseTo(0.5 * entropy, within(0.005));
        }
    }

    @Test
    void equalSeedsGiveEqualPolicies() {
        CloningSpec spec = spec(Map.of("nEpochs", "3", "batchSize", "30"));
        float[] first = lastWeights(BehaviouralCloning.clone(spec, habits(), 1));
        assertThat(lastWeights(BehaviouralCloning.clone(spec, habits(), 1))).isEqualTo(first);
        assertThat(lastWeights(BehaviouralCloning.clone(spec, habits(), 2))).isNotEqualTo(first);
    }

    private static float[] lastWeights(Mlp mlp) {
        DenseLayer last = mlp.layers().get(mlp.layers().size() - 1);
        return last.weight();
    }

    @Test
    void nothingCannotBeImitated() {
        Demonstrations nothing = new Demonstrations(1, 3, new float[0], new int[0]);
        assertThatThrownBy(() -> new BehaviouralCloning(CloningSpec.DEFAULT, nothing, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no steps to imitate");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            learningRate | 0    | learner.learningRate is 0.0: give a number above 0, such as 0.001.
            batchSize    | 0    | learner.batchSize is 0: give a whole number, at least 1.
            nEpochs      | 0    | learner.nEpochs is 0: give a whole number, at least 1.
            entWeight    | -0.1 | learner.entWeight is -0.1: give a number, 0 or more.
            netArch      | 0    | learner.netArch's layer size is 0: give a whole number, at least 1.
            """)
    void aBadValueIsRefusedInOneSentence(String name, String value, String sentence) {
        assertThatThrownBy(() -> spec(Map.of(name, value))).hasMessageContaining(sentence);
    }
}
