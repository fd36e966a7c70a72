package io.github.qwop.run.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.game.Rules;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import io.github.qwop.statistics.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gates hold at their limit and fall beyond it; against a baseline, noise fells none and a real loss does. */
class GateTest {

    /** Ten episodes, a fifth of them finished in 80 s in the mean. */
    private static final Summary REACHED = new Summary(10, 40, 35, 5, 101, 0.2, 0.1, 0.1, 1.5, 80, 70, 400, 12, 41);

    private static final Summary NOBODY_FINISHED =
            new Summary(10, 40, 35, 5, 90, 0, 0, 0.1, 1.5, Double.NaN, Double.NaN, 400, 12, 41);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "minMeanDistance, 40, 40.01",
        "minMedianDistance, 35, 35.01",
        "minDistance, 5, 5.01",
        "minFinishRate, 0.2, 0.21",
        "maxMeanSeconds, 80, 79.99",
    })
    void holdsAtItsLimitAndFallsBeyond(String name, String limit, String beyond) {
        assertThat(outcome(name, limit, REACHED).passed()).isTrue();
        GateSpec.Outcome fallen = outcome(name, beyond, REACHED);
        assertThat(fallen.passed()).isFalse();
        assertThat(fallen.text()).startsWith(name + " asks for at " + (name.startsWith("min") ? "least" : "most"));
    }

    @Test
    void aTimeIsNotKeptByThoseWhoNeverFinish() {
        GateSpec.Outcome outcome = outcome("maxMeanSeconds", "90", NOBODY_FINISHED);

        assertThat(outcome.passed()).isFalse();
        assertThat(outcome.text()).isEqualTo("maxMeanSeconds asks for at most 90.00 and no episode was finished");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "minMeanDistance   | NaN      | gate.minMeanDistance is NaN: give metres, such as 20.",
                "minDistance       | Infinity | gate.minDistance is Infinity: give metres, such as 20.",
                "minFinishRate     | 90       | gate.minFinishRate is 90.0: give a share from 0 to 1, such as 0.9.",
                "maxMeanSeconds    | 0        | gate.maxMeanSeconds is 0.0: give seconds of play above 0, such as 90.",
                "maxDistanceDrop   | 5 feet   | the tolerance \"5 feet\" is not understood: give metres such as 2.5",
                "betterThanBaseline | yes    | the confidence \"yes\" is not understood: give per cent, such as 95%.",
                "betterThanBaseline | 100%   | the confidence 100.0 % is not understood: give more than 50%",
                "minIqmDistance    | NaN      | gate.minIqmDistance is NaN: give metres, such as 20.",
            })
    void refusesWhatCannotBeMeant(String name, String value, String message) {
        assertThatThrownBy(() -> gate(name, value))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theIntervalIsAboutAsWideAsTheTextbooks() {
        // Two means of 50 episodes with a deviation of 20 m differ by 4 m in the standard deviation.
        Interval gain = baseline(normal(1, 50, 60, 20)).gain(normal(2, 50, 60, 20), false, Confidence.USUAL);

        assertThat(gain.high() - gain.low()).isCloseTo(2 * 1.96 * 4, within(2.5));
    }

    /** A policy that gets a metre farther from every start, easy or hard, does so without doubt. */
    @Test
    void sharedStartsArePaired() {
        double[] before = normal(1, 50, 60, 20);
        double[] farther = Arrays.stream(before).map(metres -> metres + 1).toArray();

        Interval paired = baseline(before).gain(farther, true, Confidence.USUAL);
        assertThat(paired.low()).isCloseTo(1, within(1e-9));
        assertThat(paired.high()).isCloseTo(1, within(1e-9));
        assertThat(baseline(before).gain(farther, false, Confidence.USUAL).low())
                .isNegative();
    }

    @Test
    void startsAreSharedWithTheSameSeedNumberAndEnvironment() throws IOException {
        Baseline baseline = baseline(normal(1, 20, 60, 20));
        Map<String, String> same = Map.of("framesPerStep", "4");

        assertThat(baseline.sharesStarts(1, 20, same)).isTrue();
        assertThat(baseline.sharesStarts(2, 20, same)).isFalse();
        assertThat(baseline.sharesStarts(1, 21, same)).isFalse();
        assertThat(baseline.sharesStarts(1, 20, Map.of("framesPerStep", "2"))).isFalse();

        Path file = folder.resolve("baseline.json");
        baseline.write(file, "");
        Files.writeString(file, Files.readString(file).replaceAll(",\\s*\"seed\": 1", ""));
        assertThat(Baseline.read(file).sharesStarts(1, 20, same))
                .as("of an earlier version")
                .isFalse();
    }

    @Test
    void aMeanBehindTheStartIsNoUnitOfDistance() {
        assertThat(Evaluation.against(4.5, 0.5))
                .isEqualTo("Mean distance: 4.50 m trained, 0.50 m random, 9.0 times as far.");
        assertThat(Evaluation.against(4.5, 0)).isEqualTo("Mean distance: 4.50 m trained, 0.00 m random.");
        assertThat(Evaluation.against(4.5, -0.0625)).isEqualTo("Mean distance: 4.50 m trained, -0.06 m random.");
        assertThat(Evaluation.against(-1, 0.5)).isEqualTo("Mean distance: -1.00 m trained, 0.50 m random.");
    }

    @Test
    void noiseAloneFellsHardlyAnyBuildEvenWithoutTolerance() {
        int fallen = 0;
        for (long i = 0; i < 200; i++) {
            Baseline baseline = baseline(normal(2 * i, 50, 60, 20));
            fallen += holds("maxDistanceDrop", "0", baseline, normal(2 * i + 1, 50, 60, 20)) ? 0 : 1;
        }

        // 2.5 % of 200 is 5, give or take 2.2.
        assertThat(fallen).isLessThanOrEqualTo(12);
    }

    @Test
    void noiseFellsNoBuildThatToleratesFivePerCent() {
        int fallen = 0;
        for (long i = 0; i < 200; i++) {
            Baseline baseline = baseline(normal(2 * i, 50, 60, 20));
            fallen += holds("maxDistanceDrop", "5%", baseline, normal(2 * i + 1, 50, 60, 20)) ? 0 : 1;
        }

        assertThat(fallen).isLessThanOrEqualTo(2);
    }

    @Test
    void aRealLossFellsTheBuild() {
        int held = 0;
        for (long i = 0; i < 200; i++) {
            Baseline baseline = baseline(normal(2 * i, 50, 60, 20));
            held += holds("maxDistanceDrop", "5%", baseline, normal(2 * i + 1, 50, 35, 20)) ? 1 : 0;
        }

        assertThat(held).isZero();
    }

    @Test
    void aSmallLossWithinTheToleranceHoldsHoweverSure() {
        Baseline baseline = baseline(normal(1, 2000, 60, 5));
        double[] lower = normal(2, 2000, 58, 5);

        assertThat(holds("maxDistanceDrop", "5%", baseline, lower)).isTrue();
        assertThat(holds("maxDistanceDrop", "0.5", baseline, lower)).isFalse();
    }

    private static boolean holds(String name, String value, Baseline baseline, double[] distances) {
        return gate(name, value).check(baseline, distances, false, false).get(0).passed();
    }

    /** Chance passes for better once in forty builds, and a real gain always. */
    @Test
    void noiseIsSeldomBetterAndARealGainIs() {
        int better = 0;
        for (long i = 0; i < 200; i++) {
            Baseline baseline = baseline(normal(2 * i, 50, 60, 20));
            better += holds("betterThanBaseline", "95%", baseline, normal(2 * i + 1, 50, 60, 20)) ? 1 : 0;
            assertThat(holds("betterThanBaseline", "95%", baseline, normal(2 * i + 1, 50, 85, 20)))
                    .isTrue();
        }

        assertThat(better).isBetween(1, 12);
        assertThat(GateSpec.better(-1.204).text())
                .isEqualTo("betterThanBaseline asks for more than the baseline, and the difference may be as low as"
                        + " -1.20");
    }

    @Test
    void theSurerTheRarer() {
        Baseline baseline = baseline(normal(1, 50, 60, 20));
        double[] distances = normal(2, 50, 68, 20);
        Interval ninety = baseline.gain(distances, false, Confidence.parse("90%"));
        Interval surer = baseline.gain(distances, false, Confidence.parse("99.5 %"));

        assertThat(surer.low()).isLessThan(ninety.low());
        assertThat(surer.high()).isGreaterThan(ninety.high());
        assertThat(Confidence.parse("99.5%")).hasToString("99.5%");
    }

    @Test
    void aBaselineIsReadAsItWasWritten() throws IOException {
        Path file = folder.resolve("baseline.json");
        Baseline baseline = baseline(normal(1, 20, 60, 20));
        baseline.write(file, "");

        assertThat(Baseline.read(file)).isEqualTo(baseline);
        Files.writeString(file, Files.readString(file).replaceAll(",\\s*\"(finish|success)Rate\": [0-9.]+", ""));
        assertThat(Baseline.read(file).finishRate()).as("of an earlier version").isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{",
                "null",
                "{\"format\": 2}",
                "{\"format\": 1, \"runId\": \"a\", \"steps\": 1, \"environment\": {}, \"distances\": []}",
                "{\"format\": 1, \"runId\": \"a\", \"steps\": 1, \"distances\": [1, 2]}"
            })
    void refusesAFileThatIsNoBaseline(String text) throws IOException {
        Path file = folder.resolve("baseline.json");
        Files.writeString(file, text);

        assertThatThrownBy(() -> Baseline.read(file))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("is no baseline of this version: write it anew");
    }

    @Test
    void tellsWhereTheBaselinesEnvironmentDiffers() {
        Baseline baseline =
                new Baseline(1, "run", 1, 2, Map.of("framesPerStep", "4", "gone", "1"), List.of(1.0), 0.0, 0.0, 1L);

        assertThat(baseline.differences(Map.of("framesPerStep", "2", "new", "3")))
                .containsExactly("framesPerStep 4 there and 2 here");
        assertThat(baseline.differences(Map.of("framesPerStep", "4"))).isEmpty();
    }

    private static GateSpec gate(String name, String value) {
        return Settings.bind(GateSpec.NOTHING, Map.of(name, value));
    }

    private static GateSpec.Outcome outcome(String name, String limit, Summary summary) {
        List<GateSpec.Outcome> outcomes = gate(name, limit).check(summary);
        assertThat(outcomes).hasSize(1);
        return outcomes.get(0);
    }

    private static Baseline baseline(double[] distances) {
        return new Baseline(
                Baseline.FORMAT,
                "run",
                1,
                Rules.VERSION,
                Map.of("framesPerStep", "4"),
                Arrays.stream(distances).boxed().toList(),
                0.25,
                0.2,
                1L);
    }

    /** Sums of twelve uniform numbers are near enough to normal ones. */
    private static double[] normal(long seed, int count, double mean, double deviation) {
        RandomStream random = RandomStream.of(seed, "gate-test");
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            double sum = -6;
            for (int k = 0; k < 12; k++) {
                sum += random.nextDouble();
            }
            values[i] = mean + deviation * sum;
        }
        return values;
    }
}
