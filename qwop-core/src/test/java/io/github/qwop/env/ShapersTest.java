package io.github.qwop.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.game.Game;
import io.github.qwop.schedule.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped reward shapers. */
class ShapersTest {

    /** The torso this high or low. */
    private static double[] torsoAt(double y) {
        double[] bodies = new double[Game.BODY_VALUES];
        bodies[1] = y;
        return bodies;
    }

    @ParameterizedTest
    @CsvSource({"-2, 0", "-0.5, 0", "0.5, 0.15", "1.5, 0.3", "3, 0.3"})
    void uprightChargesForLowHips(double torso, double charge) {
        double[] low = torsoAt(torso);
        assertThat(new Upright().shape(1, low, low, false)).isCloseTo((float) (1 - charge), within(1e-6f));
        assertThat(new Upright().shape(1, low, low, false, 0.1, 0.9))
                .as("to the end")
                .isCloseTo((float) (1 - charge), within(1e-6f));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.3", "0.25, 0.15", "0.5, 0", "1, 0"})
    void uprightLetsGo(double progress, double charge) {
        double[] kneeling = torsoAt(2);
        Upright upright = new Upright("lin_decay_0.3_0_0.5");
        assertThat(upright.shape(1, kneeling, kneeling, false, 0.1, progress))
                .isCloseTo((float) (1 - charge), within(1e-6f));
        assertThat(upright.shape(1, kneeling, kneeling, false)).isCloseTo(0.7f, within(1e-6f));
    }

    /** A step of four frames, 2/15 s, by so many metres per second. */
    private static float paced(Pace pace, double speed, double progress) {
        double[] before = torsoAt(0);
        double[] after = torsoAt(0);
        before[0] = 123;
        after[0] = 123 + 10 * speed * 2 / 15;
        return pace.shape(1, before, after, false, 2 / 15.0, progress);
    }

    @Test
    void aPaceThatIsKeptCostsNothing() {
        Pace pace = new Pace("2:0.1");
        assertThat(paced(pace, 2, 0)).isCloseTo(1, within(1e-6f));
        assertThat(paced(pace, 0, 0)).as("on the spot").isCloseTo(0.9f, within(1e-6f));
        assertThat(paced(pace, 4, 0)).as("twice as fast").isCloseTo(1.1f, within(1e-6f));
        assertThat(paced(pace, -2, 0)).as("backwards").isCloseTo(0.8f, within(1e-6f));
        assertThat(paced(new Pace("2:lin_decay_0.1_0_1"), 0, 0.75)).isCloseTo(0.975f, within(1e-6f));
    }

    @Test
    void aPaceThatHearsOfNoTimeTakesAStepForTheUsualOne() {
        Pace pace = new Pace("2:lin_decay_0.1_0_1");
        double[] before = torsoAt(0);
        double[] after = torsoAt(0);
        after[0] = before[0] + 10 * 4 * 2 / 15.0;
        assertThat(pace.shape(1, before, after, false))
                .isEqualTo(pace.shape(1, before, after, false, 2 / 15.0, 0))
                .isCloseTo(1.1f, within(1e-6f));
    }

    @Test
    void aSecondSavedIsWorthTheSameWhereverItIsSaved() {
        Pace pace = new Pace(2, new Schedule.Constant(0.1));
        // 20 steps at 2 m/s, or 10 at 1 m/s and 10 at 3 m/s: as far in the same time.
        float even = 20 * (paced(pace, 2, 0) - 1);
        float uneven = 10 * (paced(pace, 1, 0) - 1) + 10 * (paced(pace, 3, 0) - 1);
        assertThat(uneven).isCloseTo(even, within(1e-5f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "fast:0.1", "0:0.1", "-1:0.1", "NaN:0.1", "Infinity:0.1", "2:0.1:3"})
    void whatIsNoPaceIsRefused(String text) {
        assertThatThrownBy(() -> new Pace(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the pace is ")
                .hasMessageEndingWith(": give metres per second above 0 and what a step is paid at twice that pace, a"
                        + " number or a schedule, such as 2:0.1.");
    }

    @Test
    void whatIsNoScheduleIsRefused() {
        assertThatThrownBy(() -> new Pace("2:much")).hasMessageContaining("the schedule \"much\" is not understood");
        assertThatThrownBy(() -> new Upright("much")).hasMessageContaining("the schedule \"much\" is not understood");
    }

    @Test
    void oneChangesWhatAnotherHasChanged() {
        double[] kneeling = torsoAt(2);
        RewardShaper twice = (reward, before, after, ended) -> 2 * reward;
        RewardShaper both = new Upright("lin_decay_0.3_0_0.5").then(twice);
        assertThat(both.shape(1, kneeling, kneeling, false)).isCloseTo(1.4f, within(1e-6f));
        assertThat(both.shape(1, kneeling, kneeling, false, 0.1, 0.5)).isEqualTo(2);
        assertThat(twice.then(new Upright()).shape(1, kneeling, kneeling, false))
                .isCloseTo(1.7f, within(1e-6f));
    }
}
