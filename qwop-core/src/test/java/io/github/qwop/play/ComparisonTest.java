package io.github.qwop.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.game.BodyPart;
import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.NudgedGame;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.random.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A comparison finds the first number that differs, however little, and says what was going on. */
class ComparisonTest {

    private static final int LEFT_FOOT_VX = 4 * BodyPart.VALUES + 3;

    private final Twin twin = new Twin();

    @Test
    void theTwinEqualsItselfThroughAFallAndAfter() {
        Comparison comparison = new Comparison(NudgedGame.same(), twin);
        RandomStream random = RandomStream.of(1, "keys");
        comparison.reset();
        for (int i = 0; i < 100; i++) {
            comparison.step(random.nextInt(Keys.COMBINATIONS), 4);
        }

        assertThat(comparison.fallen()).isTrue();
        assertThat(comparison.updates()).isEqualTo(400);
        assertThat(comparison.difference()).isEmpty();
        assertThat(comparison.largest()).isZero();
    }

    @Test
    void theLastBitOfOneNumberIsTold() {
        Comparison comparison = played(new NudgedGame(57, LEFT_FOOT_VX, Math::nextUp), 60);
        Twin there = new Twin();
        there.step(Keys.NONE, 57);
        double[] bodies = new double[Game.BODY_VALUES];
        there.readBodies(bodies, 0);

        assertThat(comparison.difference())
                .hasValue(new Difference(
                        57,
                        "left foot",
                        "vx",
                        Math.nextUp(bodies[LEFT_FOOT_VX]),
                        bodies[LEFT_FOOT_VX],
                        1,
                        bodies[0] / 10,
                        List.of()));
        assertThat(comparison.largest()).isPositive().isLessThan(1e-14);
    }

    @Test
    void aDifferenceAtTheStartIsOneOfUpdate0() {
        Comparison comparison = played(new NudgedGame(0, 0, x -> x + 1), 1);

        assertThat(comparison.difference().orElseThrow().text("the open page"))
                .matches("first at update 0, at 0\\.2\\d m: x of the torso is 3\\.\\d+ on the open page and 2\\.\\d+ on"
                        + " the twin; 1 of 66 values differ there; no hurdle, sleep, jump or fall near it");
    }

    @ParameterizedTest
    @CsvSource({"0, score", "1, scoreTime", "2, gameEnded", "3, fallen", "4, jumped", "5, jumpLanded"})
    void whatIsNoNumberOfAPartIsComparedToo(int place, String name) {
        Comparison comparison = played(new NudgedGame(7, NudgedGame.SCORE + place, value -> value + 1), 9);

        assertThat(comparison.difference()).hasValueSatisfying(difference -> {
            assertThat(difference.update()).isEqualTo(7);
            assertThat(difference.part()).isEqualTo("game");
            assertThat(difference.value()).isEqualTo(name);
            assertThat(difference.here() - difference.twin()).isEqualTo(1);
        });
    }

    @Test
    void ofSeveralThatDifferTheLargestIsNamed() {
        NudgedGame nudged = new NudgedGame(0, LEFT_FOOT_VX, vx -> vx + 0.5);
        Game other = new FilteredGame(nudged) {
            @Override
            protected void afterReset() {
                nudged.shift(0.25);
                nudged.step(Keys.NONE, 1);
            }

            @Override
            protected void afterUpdate(int keys) {}
        };
        Comparison comparison = new Comparison(other, twin);
        comparison.reset();

        Difference difference = comparison.difference().orElseThrow();
        assertThat(difference.values()).isGreaterThan(12);
        assertThat(Math.abs(difference.here() - difference.twin())).isEqualTo(comparison.largest());
    }

    @Test
    void minusZeroIsZero() {
        Comparison comparison =
                new Comparison(new NudgedGame(0, NudgedGame.SCORE, score -> score == 0 ? -score : score), new Twin());
        comparison.reset();
        comparison.step(Keys.P, 23);

        assertThat(1 / comparison.score()).as("the score is -0").isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(comparison.difference()).isEmpty();
    }

    @Test
    void whatIsNoNumberDiffersWithoutBound() {
        Comparison comparison = played(new NudgedGame(3, 0, x -> Double.NaN), 5);

        assertThat(comparison.difference().orElseThrow().here()).isNaN();
        assertThat(comparison.largest()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void aFallNearIsTold() {
        Twin alone = new Twin();
        int fall = 0;
        while (!alone.fallen()) {
            alone.update(Keys.O);
            fall++;
        }
        Comparison comparison = new Comparison(new NudgedGame(fall + 2L, 0, Math::nextUp), twin);
        comparison.reset();
        comparison.step(Keys.O, fall + 3);

        assertThat(comparison.difference().orElseThrow().events()).containsExactly("fallen since update " + fall);
    }

    /** The runner is put onto the hurdle: it is touched at once, let go at update 6 and touched again at 118. */
    @Test
    void theHurdleNearIsTold() {
        assertThat(onTheHurdle(3)).containsExactly("hurdle touched since update 1");
        assertThat(onTheHurdle(35)).containsExactly("hurdle touched from update 1 to 5");
        assertThat(onTheHurdle(36)).isEmpty();
        assertThat(onTheHurdle(120)).containsExactly("hurdle touched since update 118");
    }

    private List<String> onTheHurdle(int update) {
        NudgedGame game = new NudgedGame(update, 0, Math::nextUp);
        Comparison comparison = new Comparison(game, twin);
        comparison.reset();
        game.shift(495);
        twin.shift(495);
        comparison.step(Keys.NONE, update);
        return comparison.difference().orElseThrow().events();
    }

    private Comparison played(NudgedGame game, int updates) {
        Comparison comparison = new Comparison(game, twin);
        comparison.reset();
        comparison.step(Keys.NONE, updates);
        return comparison;
    }
}
