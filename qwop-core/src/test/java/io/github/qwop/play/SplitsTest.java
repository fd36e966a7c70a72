package io.github.qwop.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.env.ActionSet;
import io.github.qwop.env.Recording;
import io.github.qwop.env.StartNoise;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.run.RecordingFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    @Test
    void theTimeOfAPlaceIsThePlaceOfThatTime() {
        Splits splits = new Splits(List.of(8.0, 12.0));
        for (double metres : new double[] {0, 5, 10, 15, 20}) {
            assertThat(splits.metres(splits.at(metres))).isEqualTo(metres);
        }
        assertThat(splits.metres(12.1)).isNaN();
        assertThat(Splits.NONE.metres(0)).isNaN();
    }

    /** The run that is in the repository, by the clock of the results page. */
    @Test
    void theCommittedRunHasItsPublishedTimes() throws IOException, ReplayException {
        Splits run = Splits.of(RecordingFile.read(Path.of("..", "examples", "speedrun", "run.qwop")));
        assertThat(run.finished()).isTrue();
        assertThat(SplitTable.lines(Map.of("run", run)))
                .contains(
                        "run              6.50  10.33  13.83  17.27  20.77  24.40  27.97  31.40  34.90  38.20",
                        "ahead           +1.14  +1.79  +2.29  +2.91  +3.61  +4.35  +5.18  +5.88  +6.43  +7.33");
    }

    /** The other one, which is played with the sine of Google's Chrome. */
    @Test
    void theRunForChromeHasItsPublishedTime() throws IOException, ReplayException {
        Recording run = RecordingFile.read(Path.of("..", "examples", "speedrun", "run-chrome.qwop"));
        assertThat(run.trigonometry()).isEqualTo(Trigonometry.GLIBC);
        Splits splits = Splits.of(run);
        assertThat(splits.finished()).isTrue();
        assertThat(splits.seconds().get(Splits.COUNT - 1)).isCloseTo(38.70, within(0.005));
    }

    @Test
    void theMeanIsOfThoseThatAreFinished() {
        List<Double> slow = new ArrayList<>();
        List<Double> fast = new ArrayList<>();
        for (int i = 1; i <= Splits.COUNT; i++) {
            slow.add(6.0 * i);
            fast.add(4.0 * i);
        }
        Splits mean = Splits.meanOfFinished(
                List.of(new Splits(slow), new Splits(List.of(1.0, 2.0)), new Splits(fast), Splits.NONE));
        assertThat(mean.finished()).isTrue();
        assertThat(mean.seconds()).startsWith(5.0, 10.0).endsWith(50.0);
        assertThat(Splits.meanOfFinished(List.of(new Splits(List.of(1.0))))).isEqualTo(Splits.NONE);
    }

    @Test
    void theTableStandsBesideTheHumanRecordAndTellsTheLeadOfOneRun() {
        Splits run = new Splits(List.of(6.6, 13.0));
        assertThat(SplitTable.lines(Map.of("best", run)))
                .containsExactly(
                        "seconds at m       10     20     30     40     50     60     70     80     90 finish",
                        "best             6.60  13.00      -      -      -      -      -      -      -      -",
                        "human record     7.64  12.12  16.12  20.18  24.38  28.75  33.15  37.28  41.33  45.53",
                        "ahead           +1.04  -0.88      -      -      -      -      -      -      -      -");
        assertThat(SplitTable.lines(Map.of("best", run, "median", Splits.NONE))).hasSize(4);
        assertThat(SplitTable.lines(Map.of("best", Splits.NONE))).isEmpty();
        assertThat(SplitTable.lines(Map.of())).isEmpty();
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
