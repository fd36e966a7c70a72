package io.github.qwop.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.env.ActionSet;
import io.github.qwop.env.Recording;
import io.github.qwop.env.StartNoise;
import io.github.qwop.game.twin.Twin;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitsTest {

    @Test
    void theHumanRecordHasItsKnownTimes() {
        Splits human = Splits.human();
        assertThat(human.finished()).isTrue();
        assertThat(human.seconds()).isSorted().startsWith(7.64, 12.12).endsWith(45.53);
        assertThat(human.segments()).hasSize(10).startsWith(7.64);
        assertThat(human.segments().stream().mapToDouble(Double::doubleValue).sum())
                .isCloseTo(45.53, within(1e-9));
    }

    @Test
    void aPlaceBetweenTwoSplitsIsReachedBetweenTheirTimes() {
        Splits splits = new Splits(List.of(8.0, 12.0));
        assertThat(splits.at(0)).isZero();
        assertThat(splits.at(5)).isEqualTo(4);
        assertThat(splits.at(10)).isEqualTo(8);
        assertThat(splits.at(15)).isEqualTo(10);
        assertThat(splits.at(20)).isEqualTo(12);
        assertThat(splits.at(20.1)).isNaN();
        assertThat(splits.at(35)).isNaN();
    }

    @Test
    void theBestOfEachTenMetresArePutTogether() {
        Splits best = Splits.best(List.of(new Splits(List.of(8.0, 12.0)), new Splits(List.of(7.0, 12.5, 17.0))));
        assertThat(best.seconds()).containsExactly(7.0, 11.0, 15.5);
        assertThat(Splits.best(List.of())).isEqualTo(Splits.NONE);
    }

    /** The runner is put before ten metres by hand, and falls over them. */
    @Test
    void aSplitIsTheClockAtTheUpdateWhereTheTorsoIsThere() {
        Twin twin = new Twin();
        Splits.Timer timer = new Splits.Timer(twin);
        timer.reset();
        twin.shift(98 - twin.torsoX());
        double before = twin.torsoX();
        while (timer.splits().seconds().isEmpty() && !twin.gameEnded()) {
            before = twin.torsoX();
            timer.step(2, 1);
        }
        assertThat(before).isLessThan(100);
        assertThat(twin.torsoX()).isGreaterThanOrEqualTo(100);
        assertThat(timer.splits().seconds()).containsExactly(twin.scoreTime());
        timer.reset();
        assertThat(timer.splits()).isEqualTo(Splits.NONE);
    }

    @Test
    void aRecordingThatFallsEarlyHasNone() throws ReplayException {
        byte[] actions = new byte[50];
        Recording recording = new Recording(
                4, ActionSet.FULL, StartNoise.NOTHING, Recording.NO_RANDOM, actions, Double.NaN, 0, false);
        assertThat(Splits.of(recording)).isEqualTo(Splits.NONE);
    }
}
