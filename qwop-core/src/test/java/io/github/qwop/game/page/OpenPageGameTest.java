package io.github.qwop.game.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.TrajectoryHash;
import io.github.qwop.game.twin.Twin;
import org.junit.jupiter.api.Test;

/** The kernel that TeaVM has compiled plays the twin's game in the headless browser. */
class OpenPageGameTest {

    private static final int FRAMES = 5000;

    private static final double A_BIT_MORE_THAN_AN_UPDATE = 1000.0 / 30 + 0.01;

    @Test
    void everyBitOfALongPlayIsTheTwins() {
        try (OpenPageGame page = new OpenPageGame()) {
            Twin twin = new Twin();

            assertThat(TrajectoryHash.of(page, page::reset, FRAMES))
                    .isEqualTo(TrajectoryHash.of(twin, twin::reset, FRAMES));
        }
    }

    @Test
    void severalFramesAreOneStep() {
        double[] page = new double[Game.BODY_VALUES];
        double[] twin = new double[Game.BODY_VALUES];
        try (OpenPageGame game = new OpenPageGame();
                Twin expected = new Twin()) {
            assertThat(game.step(Keys.O, 60)).isEqualTo(expected.step(Keys.O, 60));
            game.readBodies(page, 0);
            expected.readBodies(twin, 0);

            assertThat(page).containsExactly(twin);
            assertThat(game.fallen()).isTrue();
            assertThat(game.gameEnded()).isTrue();
            assertThat(game.jumped()).isFalse();
            assertThat(game.jumpLanded()).isFalse();
            assertThat(game.score()).isEqualTo(expected.score());
            assertThat(game.scoreTime()).isEqualTo(expected.scoreTime());
            assertThat(game.step(Keys.O, 1)).isZero();
        }
    }

    @Test
    void badStepsAreRefused() {
        try (OpenPageGame game = new OpenPageGame()) {
            assertThatThrownBy(() -> game.step(16, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("keys is 16: ");
            assertThatThrownBy(() -> game.step(Keys.NONE, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("frames is 0: ");
        }
    }

    @Test
    void aPlayerPlaysItByKeys() {
        try (PageHost host = OpenPageGame.open();
                Twin twin = new Twin()) {
            host.advance(A_BIT_MORE_THAN_AN_UPDATE);
            press(host, "keydown", "o");
            for (int frame = 0; frame < 60; frame++) {
                host.advance(A_BIT_MORE_THAN_AN_UPDATE);
            }
            twin.step(Keys.O, 60);

            assertThat(host.run("qwop.state[0]", "a test")).isEqualTo(torsoX(twin));
            assertThat(host.run("document.querySelectorAll('.held').length", "a test"))
                    .isEqualTo(1);
            assertThat(host.run("document.getElementById('message').textContent", "a test"))
                    .isEqualTo("You fell: 0.5 m. R, space or a tap here starts again.");

            press(host, "keyup", "o");
            press(host, "keydown", "r");
            twin.reset();
            assertThat(host.run("qwop.state[0]", "a test")).isEqualTo(torsoX(twin));
            assertThat(host.run("document.querySelectorAll('.held').length", "a test"))
                    .isEqualTo(0);
        }
    }

    private static void press(PageHost host, String type, String key) {
        host.run("document.dispatchEvent(new KeyboardEvent('" + type + "', { key: '" + key + "' }))", "a test");
    }

    private static double torsoX(Game game) {
        double[] bodies = new double[Game.BODY_VALUES];
        game.readBodies(bodies, 0);
        return bodies[0];
    }
}
