package io.github.qwop.run.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.run.GuardSpec;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.evaluation.Summary;
import io.github.qwop.run.settings.SettingException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as a collapse, on evaluations that are made up. */
class CollapseGuardTest {

    private static final double GREATEST_ENTROPY = Math.log(16);
    private static final Map<String, Double> CALM = signals(1, 2, -1);

    private final CollapseGuard guard = new CollapseGuard(GuardSpec.DEFAULT, GREATEST_ENTROPY);

    @Test
    void seesADistanceThatStaysBelowAShareOfTheBest() {
        guard.best(reached(20));

        assertThat(look(9.9, 0, CALM)).isEmpty();
        assertThat(look(9.9, 0, CALM)).isEmpty();
        assertThat(look(9.8, 0, CALM))
                .hasValue("the mean distance fell to 9.80 m, below 50 % of the best, 20.00 m"
                        + " (evaluations in a row: 3)");
        assertThat(look(9.8, 0, CALM)).as("counted anew").isEmpty();
    }

    @Test
    void forgivesWhatRecovers() {
        guard.best(reached(20));
        for (int i = 0; i < 5; i++) {
            assertThat(look(9.9, 0, CALM)).isEmpty();
            assertThat(look(9.9, 0, CALM)).isEmpty();
            assertThat(look(10.1, 0, CALM)).isEmpty();
        }
    }

    /** Values of a policy that is held are kept as they are now only then. */
    @Test
    void isCalmWhereItSawNothing() {
        assertThat(guard.isCalm(CALM)).isTrue();
        assertThat(guard.isCalm(signals(Double.NaN, 1, -1))).isFalse();
        guard.best(reached(20));
        assertThat(look(9.9, 0, CALM)).isEmpty();
        assertThat(guard.isCalm(CALM)).as("the first of three").isFalse();
        assertThat(look(10.1, 0, CALM)).isEmpty();
        assertThat(guard.isCalm(CALM)).isTrue();
    }

    @Test
    void callsNothingACollapseBeforeTheBestIsWorthIt() {
        guard.best(reached(4.9));
        for (int i = 0; i < 5; i++) {
            assertThat(look(0, 0, CALM)).isEmpty();
        }
    }

    @Test
    void seesValuesThatDream() {
        assertThat(lookUntilSeen(100.5, CALM)).isEqualTo(3);
        assertThat(look(1, Double.NEGATIVE_INFINITY, CALM)).hasValue("the estimated return is no longer finite");
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, 1, train/loss",
        "Infinity, 1, train/loss",
        "1, NaN, train/grad_norm",
        "1, -Infinity, train/grad_norm"
    })
    void seesSignalsThatAreNotFiniteAtOnce(double loss, double gradNorm, String name) {
        assertThat(look(1, 0, signals(loss, gradNorm, -1))).hasValue(name + " is no longer finite");
    }

    @Test
    void asksNothingOfSignalsThatAreNotThere() {
        for (int i = 0; i < 20; i++) {
            assertThat(look(1, Double.NaN, Map.of("train/learning_rate", Double.NaN)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "101, 2, train/loss rose to 101",
        "-101, 2, train/loss rose to -101",
        "1, 202, train/grad_norm rose to 202"
    })
    void seesSignalsThatStayFarOverTheirMedian(double loss, double gradNorm, String seen) {
        for (int i = 0; i < 7; i++) {
            assertThat(look(1, 0, CALM)).isEmpty();
        }
        assertThat(look(1, 0, signals(loss, gradNorm, -1))).isEmpty();
        assertThat(look(1, 0, signals(loss, gradNorm, -1))).isEmpty();
        assertThat(look(1, 0, signals(loss, gradNorm, -1)).orElseThrow())
                .startsWith(seen)
                .endsWith(", 101 times its median before (evaluations in a row: 3)");
    }

    @Test
    void letsSignalsGrowWithTheReturns() {
        for (int i = 0; i < 40; i++) {
            double grown = Math.pow(2, i);
            assertThat(look(1, 0, signals(grown, grown, -1))).isEmpty();
        }
    }

    @Test
    void seesAPolicyThatNoLongerDraws() {
        assertThat(lookUntilSeen(0, signals(1, 2, -0.009 * GREATEST_ENTROPY))).isEqualTo(3);
        assertThat(lookUntilSeen(0, signals(1, 2, -0.011 * GREATEST_ENTROPY))).isZero();
    }

    @Test
    void leavesTheEntropyOfOthersAlone() {
        CollapseGuard cloning = new CollapseGuard(GuardSpec.DEFAULT, 0);
        for (int i = 0; i < 5; i++) {
            assertThat(cloning.look(reached(1), 0, signals(1, 2, -1e-9))).isEmpty();
        }
    }

    @Test
    void rollsBackNoOftenerThanAllowed() {
        for (int i = 0; i < GuardSpec.DEFAULT.maxRollbacks(); i++) {
            assertThat(guard.mayRollBack()).isTrue();
            guard.rolledBack();
        }
        assertThat(guard.mayRollBack()).isFalse();
    }

    @Test
    void goesOnAsIfItHadNotBeenSaved() throws IOException {
        guard.best(reached(20));
        guard.rolledBack();
        for (int i = 0; i < 7; i++) {
            look(15, 0, CALM);
        }
        look(9, 0, CALM);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        guard.save(new DataOutputStream(bytes));
        CollapseGuard other = new CollapseGuard(GuardSpec.DEFAULT, GREATEST_ENTROPY);
        other.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        look(15, 0, signals(500, 2, -1));
        assertThat(other.look(reached(15), 0, signals(500, 2, -1))).isEmpty();
        assertThat(other.look(reached(9), 0, CALM)).isPresent().isEqualTo(look(9, 0, CALM));
        assertThat(other.bestDistance()).isEqualTo(20);
        for (int i = 1; i < GuardSpec.DEFAULT.maxRollbacks(); i++) {
            other.rolledBack();
        }
        assertThat(other.mayRollBack()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "guard.signalFactor | 1  | guard.signalFactor is 1.0: give a number above 1, such as 100.",
                "guard.minEntropy   | 1  | guard.minEntropy is 1.0: give a share from 0 to below 1, such as 0.01.",
                "guard.minEntropy   | -1 | guard.minEntropy is -1.0: give a share from 0 to below 1, such as 0.01.",
            })
    void saysWhatItsLimitsMayBe(String setting, String value, String message) {
        assertThatThrownBy(() -> RunSpec.of(Map.of(setting, value)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(message);
    }

    private Optional<String> look(double distance, double bias, Map<String, Double> signals) {
        return guard.look(reached(distance), bias, signals);
    }

    /** How many evaluations it takes; 0 if five do not do. */
    private int lookUntilSeen(double bias, Map<String, Double> signals) {
        for (int i = 1; i <= 5; i++) {
            if (look(1, bias, signals).isPresent()) {
                return i;
            }
        }
        return 0;
    }

    private static Map<String, Double> signals(double loss, double gradNorm, double entropyLoss) {
        return Map.of("train/loss", loss, "train/grad_norm", gradNorm, "train/entropy_loss", entropyLoss);
    }

    private static Summary reached(double distance) {
        return new Summary(
                20, distance, distance, distance, distance, 0, 0, 0, 1, Double.NaN, Double.NaN, 100, 1, distance);
    }
}
