package io.github.qwop.run.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.random.RandomStream;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.settings.SettingException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchSpaceTest {

    @Test
    void aGridIsAllCombinations() {
        assertThat(SearchSpace.of(
                                Map.of("learner.gamma", "0.9,0.99", "learner.netArch", "\"64,64\",\"256,256\""),
                                Map.of(),
                                7,
                                1)
                        .trials())
                .containsExactly(
                        Map.of("learner.gamma", "0.9", "learner.netArch", "64,64"),
                        Map.of("learner.gamma", "0.9", "learner.netArch", "256,256"),
                        Map.of("learner.gamma", "0.99", "learner.netArch", "64,64"),
                        Map.of("learner.gamma", "0.99", "learner.netArch", "256,256"));
    }

    @Test
    void nothingToTryIsOneTrialThatSetsNothing() {
        assertThat(SearchSpace.of(Map.of(), Map.of(), 7, 1).trials()).containsExactly(Map.of());
    }

    @Test
    void drawsAreTheSameForTheSameSeedWhateverIsDrawnBeside() {
        List<Map<String, String>> alone = draws(Map.of("learner.gamma", "uniform 0.9 0.999"), 3);
        List<Map<String, String>> beside =
                draws(Map.of("learner.gamma", "uniform 0.9 0.999", "learner.batchSize", "log-int 16 512"), 3);

        assertThat(alone).hasSize(20).isEqualTo(draws(Map.of("learner.gamma", "uniform 0.9 0.999"), 3));
        assertThat(alone).isNotEqualTo(draws(Map.of("learner.gamma", "uniform 0.9 0.999"), 4));
        assertThat(beside)
                .extracting(trial -> trial.get("learner.gamma"))
                .isEqualTo(
                        alone.stream().map(trial -> trial.get("learner.gamma")).toList());
    }

    private static List<Map<String, String>> draws(Map<String, String> random, long seed) {
        return SearchSpace.of(Map.of(), random, 20, seed).trials();
    }

    @Test
    void everyDrawMeetsTheWholeGrid() {
        List<Map<String, String>> trials = SearchSpace.of(
                        Map.of("nEnvs", "4,8"), Map.of("learner.gamma", "uniform 0 1"), 3, 1)
                .trials();

        assertThat(trials).hasSize(6);
        assertThat(trials.get(0).get("learner.gamma")).isEqualTo(trials.get(1).get("learner.gamma"));
        assertThat(trials.get(0).get("learner.gamma"))
                .isNotEqualTo(trials.get(2).get("learner.gamma"));
    }

    @ParameterizedTest
    @CsvSource({"uniform 0.9 0.999, 0.9, 0.999", "log 1e-5 1e-3, 1e-5, 1e-3", "int 2 5, 2, 5", "log-int 1 512, 1, 512"})
    void numbersStayBetweenTheirEnds(String text, double low, double high) {
        Distribution distribution = Distribution.parse("x", text);
        RandomStream random = RandomStream.of(1, "x");
        Set<String> drawn = new HashSet<>();
        double sum = 0;
        for (int i = 0; i < 4000; i++) {
            String value = distribution.draw(random);
            drawn.add(value);
            sum += Double.parseDouble(value);
            assertThat(Double.parseDouble(value)).isBetween(low, high);
        }
        boolean log = text.startsWith("log");
        double mean = log ? (high - low) / Math.log(high / low) : (low + high) / 2;
        assertThat(sum / 4000).isCloseTo(mean, Percentage.withPercentage(log ? 12 : 2));
        if (text.startsWith("int")) {
            assertThat(drawn).containsExactlyInAnyOrder("2", "3", "4", "5");
        }
    }

    @Test
    void valuesAreChosenAsOften() {
        Distribution distribution = Distribution.parse("x", "\"64,64\",128");
        RandomStream random = RandomStream.of(1, "x");
        int first = 0;
        for (int i = 0; i < 1000; i++) {
            String value = distribution.draw(random);
            assertThat(value).isIn("64,64", "128");
            first += value.equals("128") ? 0 : 1;
        }
        assertThat(first).isBetween(450, 550);
    }

    /** What is drawn can be read as what settings are. */
    @Test
    void drawsAreSettings() {
        Map<String, String> random = Map.of(
                "learner.learningRate", "log 1e-5 1e-3",
                "learner.gamma", "uniform 0.9 0.999",
                "learner.batchSize", "log-int 16 512");
        for (Map<String, String> trial : SearchSpace.of(Map.of(), random, 50, 1).trials()) {
            assertThat(RunSpec.of(trial).settings()).containsKey("learner.gamma");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0.9", "log 0 1", "log 2 1", "uniform 1 1", "int 0.5 2", "log one two", "a,,b", "int 1 1e300"
            })
    void refusesWhatCannotBeDrawn(String text) {
        assertThatThrownBy(() -> SearchSpace.of(Map.of(), Map.of("learner.gamma", text), 3, 1))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("random learner.gamma is \"")
                .hasMessageContaining(": give ");
    }

    @Test
    void refusesWhatStandsTwiceOrCannotVary() {
        assertThatThrownBy(() -> SearchSpace.of(Map.of("nEnvs", "1,2"), Map.of("nEnvs", "int 1 2"), 3, 1))
                .hasMessageContaining("nEnvs stands in grid and in random");
        assertThatThrownBy(() -> SearchSpace.of(Map.of("seed", "1,2"), Map.of(), 3, 1))
                .hasMessageContaining("give seeds");
        assertThatThrownBy(() -> SearchSpace.of(Map.of("nEnvs", "1,,2"), Map.of(), 3, 1))
                .hasMessageContaining("a value without text");
        assertThatThrownBy(() -> SearchSpace.of(Map.of(), Map.of("nEnvs", "int 1 2"), 20_000, 1))
                .hasMessageContaining("more than 10000 trials");
    }

    @Test
    void seedsAreANumberOfThemOrAList() {
        assertThat(Seeds.parse("5").values()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(Seeds.parse("7, 1,9").values()).containsExactly(7L, 1L, 9L);
        for (String text : List.of("1", "5", "7,1,9")) {
            assertThat(Seeds.parse(text)).hasToString(text);
        }
        assertThat(Seeds.parse("1e1")).isEqualTo(Seeds.upTo(10));
        for (String text : List.of("0", "-3", "", "a", "1,b", "100000", "1e9", "99999999999999999999")) {
            assertThatThrownBy(() -> Seeds.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("\"" + text + "\" is n")
                    .hasMessageContaining("give a number from 1 to 1000");
        }
        assertThatThrownBy(() -> Seeds.parse("1,1")).hasMessageContaining("[1, 1]: give a number from 1 to 1000");
    }

    @Test
    void saysWhyThereIsNoRung() {
        RunSpec spec = RunSpec.of(Map.of("totalTimesteps", "1_000_000", "guard.evalFreq", "100_000"));
        RunSpec rare = RunSpec.of(Map.of("totalTimesteps", "1_000_000", "guard.evalFreq", "500_000"));

        assertThat(Pruning.NONE.without(1, List.of(spec))).isEmpty();
        assertThat(new Pruning(3, 0).without(3, List.of(spec))).isEmpty();
        assertThat(new Pruning(3, 0).without(2, List.of(spec)).orElseThrow())
                .isEqualTo("pruning.reduction is 3, and beside the default 2 trials compete: try at least as many.");
        assertThat(new Pruning(3, 2_000_000).without(9, List.of(spec)).orElseThrow())
                .isEqualTo("the last rung before the end would be at 333333 of 1000000 steps, and pruning.minSteps is"
                        + " 2000000: lower it, or train longer.");
        assertThat(new Pruning(3, 10).without(9, List.of(spec, rare)).orElseThrow())
                .contains("and guard.evalFreq is 500000: ");
        assertThat(new Pruning(0, 10).without(9, List.of(spec)).orElseThrow())
                .startsWith("pruning.minSteps is 10, and pruning.reduction is 0: ");
    }

    @Test
    void rungsLieAtEvaluationsAndHaveEnoughTrials() {
        RunSpec spec = RunSpec.of(Map.of("totalTimesteps", "1_000_000", "guard.evalFreq", "100_000"));
        Pruning pruning = new Pruning(3, 0);

        assertThat(pruning.rungs(2, List.of(spec))).isZero();
        assertThat(pruning.rungs(3, List.of(spec))).isEqualTo(1);
        assertThat(pruning.rungs(9, List.of(spec))).isEqualTo(2);
        assertThat(pruning.rungs(1000, List.of(spec))).isEqualTo(2);
        assertThat(new Pruning(3, 200_000).rungs(1000, List.of(spec))).isEqualTo(1);
        assertThat(Pruning.NONE.rungs(1000, List.of(spec))).isZero();
        assertThat(pruning.steps(spec, 0, 2)).isEqualTo(200_000);
        assertThat(pruning.steps(spec, 1, 2)).isEqualTo(400_000);
        assertThat(pruning.promoted(10)).isEqualTo(3);
        assertThat(pruning.promoted(2)).isEqualTo(1);
    }
}
