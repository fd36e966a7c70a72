package io.github.qwop.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    @ParameterizedTest
    @CsvSource({
        "const_0.001, 1, 0.001",
        "0.001, 0, 0.001",
        "5e-5, 0.5, 0.00005",
        "lin_decay_0.001_0.0001_0.75, 1, 0.001",
        "lin_decay_0.001_0.0001_0.75, 0.625, 0.00055",
        "lin_decay_0.001_0.0001_0.75, 0.25, 0.0001",
        "lin_decay_0.001_0.0001_0.75, 0, 0.0001",
        "lin_decay_0.001_0_1, 0, 0",
        // Ten steps over the first half, each by a factor 10^(−1/10); the k-th when less than 1 − k/20 remains.
        "exp_decay_0.001_0.0001_0.5_10, 1, 0.001",
        "exp_decay_0.001_0.0001_0.5_10, 0.95, 0.001",
        "exp_decay_0.001_0.0001_0.5_10, 0.949, 0.000794328",
        "exp_decay_0.001_0.0001_0.5_10, 0.74, 0.000316228",
        "exp_decay_0.001_0.0001_0.5_10, 0.4, 0.0001",
        // The number of steps is honoured: two, not ten.
        "exp_decay_1_0.01_1_2, 0.6, 1",
        "exp_decay_1_0.01_1_2, 0.4, 0.1",
        "exp_decay_1_0.01_1_2, 0.0, 0.1",
    })
    void values(String text, double progressRemaining, double expected) {
        assertThat(Schedule.parse(text).at(progressRemaining)).isCloseTo(expected, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"const_0.001", "lin_decay_0.001_0.0001_0.75", "exp_decay_0.001_0.0001_0.5_10", "const_3"})
    void textIsReadAsItIsWritten(String text) {
        assertThat(Schedule.parse(text)).hasToString(text);
        assertThat(Schedule.parse(Schedule.parse(text).toString())).isEqualTo(Schedule.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fast",
                "const_",
                "const_-1",
                "lin_decay_0.1_0.2_0.5",
                "lin_decay_0.1_0.01",
                "lin_decay_0.1_0.01_1.5",
                "exp_decay_0.1_0_0.5_10",
                "exp_decay_0.1_0.01_0.5_0",
                "exp_decay_0.1_0.01_0.5_99999999999",
                "exp_decay_0.1_0.01_0.5"
            })
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> Schedule.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the schedule \"" + text + "\" is not understood: give const_V, lin_decay")
                .hasMessageContaining("with V0 > V1, V1 at least 0 (exp_decay: above 0), F from 0 to 1");
    }

    @Test
    void aDecayWithoutLengthIsOverAtOnce() {
        assertThat(Schedule.parse("lin_decay_0.2_0.1_0").at(1)).isEqualTo(0.1);
    }

    /** As many steps as a number can name are found by halving: where counting them one by one would take minutes. */
    @ParameterizedTest
    @CsvSource({"1, 0.1", "0.75, 0.0316227766", "0.5, 0.01", "0, 0.01"})
    void aDecayMayHaveAnyNumberOfSteps(double progressRemaining, double expected) {
        Schedule schedule = Schedule.parse("exp_decay_0.1_0.01_0.5_999999999");
        assertThat(schedule.at(progressRemaining)).isCloseTo(expected, within(1e-9));
    }
}
