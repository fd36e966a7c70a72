package io.github.qwop.run.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.run.GuardSpec.BestBy;
import io.github.qwop.run.evaluation.Summary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which of two policies is the better one, by each of the measures. */
class BestSoFarTest {

    private static BestSoFar best(BestBy by, Summary... summaries) {
        BestSoFar best = new BestSoFar(by);
        for (Summary summary : summaries) {
            best.become(summary);
        }
        return best;
    }

    /** Sixty episodes. */
    private static Summary reached(double distance, double score, int finished, double seconds) {
        return new Summary(60, distance, distance, 0, 0, finished / 60.0, 0, 0, 1, seconds, seconds, 100, 1, score);
    }

    private static Summary finished(int finished, double seconds) {
        return reached(90, 100, finished, seconds);
    }

    @ParameterizedTest
    @EnumSource
    void whateverComesFirstIsBetterThanNothing(BestBy by) {
        assertThat(best(by).isBeatenBy(reached(-3, -3, 0, Double.NaN))).isTrue();
    }

    @Test
    void scoresAndDistancesAreComparedByTheirMeans() {
        Summary far = reached(95, 96, 10, 90);
        Summary fast = reached(94, 97, 60, 50);
        assertThat(best(BestBy.SCORE, far).isBeatenBy(fast)).isTrue();
        assertThat(best(BestBy.SCORE, far).isBeatenBy(far)).as("a tie").isFalse();
        assertThat(best(BestBy.DISTANCE, far).isBeatenBy(fast)).isFalse();
        assertThat(best(BestBy.DISTANCE, fast).isBeatenBy(far)).isTrue();
        assertThat(best(BestBy.DISTANCE, far).isBeatenBy(far)).as("a tie").isFalse();
    }

    /** Whoever reads the lines of progress alone would take it for a mistake. */
    @Test
    void saysWhyTheBestCanRunLess() {
        Summary far = reached(93.43, 96, 10, 90);
        assertThat(best(BestBy.SCORE, far).whyLess(reached(92.59, 97, 60, 50)))
                .contains("The best network is one of 92.59 m from now on, though the one before ran 93.43 m:"
                        + " guard.bestBy is score, and it is better by that.");
        assertThat(best(BestBy.SCORE, far).whyLess(far)).isEmpty();
        assertThat(best(BestBy.SCORE).whyLess(far)).as("the first").isEmpty();
    }

    /** Of 60 episodes, 55 and 60 can be told apart by their 95 % interval, 56 and 60 cannot. */
    @ParameterizedTest
    @CsvSource({
        "60, 60, 60, 59, true",
        "60, 60, 60, 61, false",
        "60, 60, 56, 59, true",
        "60, 60, 55, 59, false",
        "55, 60, 60, 99, true",
        "56, 60, 60, 61, false",
        "30, 90, 31, 90, false",
        "30, 90, 41, 99, true",
        "0, NaN, 1, 99, true",
        "1, 99, 0, NaN, false",
    })
    void moreFinishesAreBetterAndThenLessTime(
            int finished, double seconds, int others, double theirSeconds, boolean better) {
        assertThat(best(BestBy.FINISH_RATE, finished(finished, seconds)).isBeatenBy(finished(others, theirSeconds)))
                .isEqualTo(better);
    }

    @Test
    void beforeAnyoneFinishesTheDistanceDecides() {
        BestSoFar best = best(BestBy.FINISH_RATE, reached(20, 20, 0, Double.NaN));
        assertThat(best.isBeatenBy(reached(21, 21, 0, Double.NaN))).isTrue();
        assertThat(best.isBeatenBy(reached(20, 20, 0, Double.NaN))).isFalse();
    }

    @Test
    void manySmallStepsDoNotLeadFarDown() throws IOException {
        BestSoFar best = best(BestBy.FINISH_RATE, finished(60, 60), finished(57, 59));
        BestSoFar alone = best(BestBy.FINISH_RATE, finished(57, 59));
        Summary next = finished(54, 58);
        assertThat(alone.isBeatenBy(next)).isTrue();
        assertThat(best.isBeatenBy(next)).as("60 were finished once").isFalse();

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        best.save(new DataOutputStream(bytes));
        BestSoFar restored = best(BestBy.FINISH_RATE);
        restored.restoreScore(best.score());
        restored.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(restored.isBeatenBy(next)).isFalse();
        assertThat(restored.isBeatenBy(finished(57, 58))).isTrue();
        assertThat(restored.isBeatenBy(finished(57, 59))).isFalse();
        assertThat(restored.score()).isEqualTo(100);
    }
}
