package io.github.qwop.learn.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.run.settings.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class PpoSpecTest {

    static final PpoSpec[] DEFAULTS = {PpoSpec.PPO, PpoSpec.A2C};

    @ParameterizedTest
    @FieldSource("DEFAULTS")
    void settingsNameEveryValue(PpoSpec spec) {
        assertThat(Settings.bind(PpoSpec.PPO, Settings.flatten(spec))).isEqualTo(spec);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nSteps              | 0        | learner.nSteps is 0: give a whole number, at least 1.
            batchSize           | -1       | learner.batchSize is -1: give a whole number, at least 1, or 0 for the whole rollout.
            batchSize           | 1        | one advantage cannot be normalised
            nEpochs             | 0        | learner.nEpochs is 0: give a whole number, at least 1.
            gamma               | 1.01     | learner.gamma is 1.01: give a number from 0 to 1.
            gaeLambda           | -0.1     | learner.gaeLambda is -0.1: give a number from 0 to 1.
            clipRange           | 0        | learner.clipRange is 0.0: give a number above 0.
            clipRangeVf         | 0        | learner.clipRangeVf is 0.0: give a number above 0, or none to switch it off.
            entCoef             | -1       | entCoef: the schedule "-1" is not understood: give const_V
            valueWarmup         | -1       | learner.valueWarmup is -1: give a whole number, at least 0.
            cloneKl             | high     | cloneKl: the schedule "high" is not understood: give const_V
            vfCoef              | NaN      | learner.vfCoef is NaN: give a number, 0 or more.
            maxGradNorm         | 0        | learner.maxGradNorm is 0.0: give a number above 0, or none to switch it off.
            targetKl            | -0.01    | learner.targetKl is -0.01: give a number above 0, or none to switch it off.
            netArch             | 64,0     | learner.netArch's layer size is 0: give a whole number, 1 to 16384.
            adamEps             | 0        | learner.adamEps is 0.0: give a number above 0.
            rmsPropEps          | Infinity | learner.rmsPropEps is Infinity: give a number above 0.
            adamBeta1           | 1        | learner.adamBeta1 is 1.0: give a number from 0 to below 1.
            adamBeta2           | 1        | learner.adamBeta2 is 1.0: give a number from 0 to below 1.
            """)
    void aBadValueIsRefusedInOneSentence(String name, String value, String sentence) {
        assertThatThrownBy(() -> Settings.bind(PpoSpec.PPO, Map.of(name, value)))
                .hasMessageContaining(sentence);
    }

    @Test
    void aWarmupMustLeaveSomethingOfTheTraining() {
        PpoSpec spec = Settings.bind(PpoSpec.PPO, Map.of("valueWarmup", "50_000"));
        assertThatCode(() -> spec.check(50_008, 8)).doesNotThrowAnyException();
        assertThatThrownBy(() -> spec.check(50_000, 8))
                .hasMessageStartingWith(
                        "learner.valueWarmup is 50000 and totalTimesteps 50000: the policy would never");
    }

    @ParameterizedTest
    @CsvSource({"0, const_0", "0.01, const_0.01", ".01, const_0.01", "1E-2, const_0.01", "0.000_1, const_0.0001"})
    void aPlainEntropyWeightIsAConstant(String given, String schedule) {
        assertThat(Settings.flatten(Settings.bind(PpoSpec.PPO, Map.of("entCoef", given))))
                .containsEntry("entCoef", schedule);
    }

    @Test
    void aRolloutMustFitTheTraining() {
        PpoSpec spec = PpoSpec.PPO;
        assertThatCode(() -> spec.check(16_384, 8)).doesNotThrowAnyException();
        assertThatThrownBy(() -> spec.check(16_383, 8))
                .hasMessageStartingWith("learner.nSteps is 2048 with 8 environments and totalTimesteps 16383: one");
        PpoSpec huge = Settings.bind(spec, Map.of("nSteps", "1_000_000_000"));
        assertThatThrownBy(() -> huge.check(Long.MAX_VALUE, 8)).hasMessageContaining("4000000 transitions at most");
        PpoSpec single = Settings.bind(spec, Map.of("nSteps", "1"));
        assertThatThrownBy(() -> single.check(100, 1))
                .hasMessageStartingWith("learner.nSteps is 1 with 1 environment and learner.normalizeAdvantage true");
    }
}
