package io.github.qwop.run.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateTest {

    private static final long SECOND = 1_000_000_000L;

    private final Rate rate = new Rate(10_000, 50_000);

    @Test
    void nothingIsKnownAtTheBeginning() {
        assertThat(rate.stepsPerSecond()).isZero();
    }

    /** A thousand steps a second, 20 s of evaluation every 10 s and 5 s for a checkpoint every 50 s. */
    @Test
    void evaluationsAndCheckpointsHaveTheirShareAtAnyMoment() {
        double expected = 50_000.0 / (50 + 5 * 20 + 5);
        for (int second = 1; second <= 200; second++) {
            rate.learned(1000, SECOND);
            if (second % 10 == 0) {
                rate.evaluated(20 * SECOND);
            }
            if (second % 50 == 0) {
                rate.saved(5 * SECOND);
            }
            if (second >= 50) {
                assertThat(rate.stepsPerSecond()).isCloseTo(expected, within(1e-6));
            }
        }
    }

    @Test
    void oneSlowMomentDoesNotChangeMuchAndALastingChangeIsFollowed() {
        for (int second = 0; second < 60; second++) {
            rate.learned(1000, SECOND);
        }
        rate.learned(0, SECOND);
        assertThat(rate.stepsPerSecond()).isBetween(940.0, 1000.0);
        for (int second = 0; second < 100; second++) {
            rate.learned(100, SECOND);
        }
        assertThat(rate.stepsPerSecond()).isBetween(100.0, 150.0);
    }

    @Test
    void aLongerEvaluationIsBelievedByHalf() {
        rate.learned(10_000, 10 * SECOND);
        rate.evaluated(10 * SECOND);
        rate.evaluated(30 * SECOND);

        assertThat(rate.stepsPerSecond()).isCloseTo(10_000.0 / 30, within(1e-6));
    }
}
