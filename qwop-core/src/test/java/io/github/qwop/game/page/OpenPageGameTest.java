package io.github.qwop.game.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.TrajectoryHash;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.game.web.OpenPage;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kernel that TeaVM has compiled plays the twin's game in the headless browser. */
class OpenPageGameTest {

    private static final int FRAMES = 5000;
    private static final int FEWER_FRAMES = 500;
    private static final String SINE = "played with fdlibm\u2019s sine, not with this browser\u2019s: ";

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
    void theOtherSineIsPlayedBitForBitToo() {
        try (OpenPageGame page = new OpenPageGame(Trigonometry.GLIBC)) {
            Twin twin = new Twin(Trigonometry.GLIBC);
            Twin fdlibm = new Twin();
            int expected = TrajectoryHash.of(twin, twin::reset, FEWER_FRAMES);

            assertThat(TrajectoryHash.of(page, page::reset, FEWER_FRAMES)).isEqualTo(expected);
            assertThat(TrajectoryHash.of(fdlibm, fdlibm::reset, FEWER_FRAMES)).isNotEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(Trigonometry.class)
    void thePageTellsWhoseSineTheBrowserHas(Trigonometry browser) {
        try (PageHost host = OpenPageGame.open(browser)) {
            assertThat(host.run("document.getElementById('sine').textContent", "a test"))
                    .isEqualTo(SINE + browser.text());
        }
    }

    @Test
    void aSineThatIsNotKnownIsToldAsThat() {
        try (PageHost host = OpenPageGame.open(Trigonometry.FDLIBM)) {
            host.run("var known = Math.sin; Math.sin = function (x) { return x === -180 ? 0.5 : known(x); }", "a test");
            host.run(new String(OpenPage.read("sine.js"), StandardCharsets.UTF_8), "sine.js");

            assertThat(host.run("document.getElementById('sine').textContent", "a test"))
                    .isEqualTo(SINE + "another than fdlibm\u2019s and glibc\u2019s");
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
            assertThat(held(host)).isEqualTo("O");
            assertThat(host.run("document.getElementById('message').textContent", "a test"))
                    .isEqualTo("You fell: 0.5 m. R, space or a tap here starts again.");

            press(host, "keyup", "o");
            press(host, "keydown", "r");
            twin.reset();
            assertThat(host.run("qwop.state[0]", "a test")).isEqualTo(torsoX(twin));
            assertThat(held(host)).isEqualTo("");
        }
    }

    @Test
    void theClockBeginsWithTheFirstKey() {
        try (PageHost host = OpenPageGame.open();
                Twin start = new Twin()) {
            for (int frame = 0; frame < 30; frame++) {
                host.advance(A_BIT_MORE_THAN_AN_UPDATE);
            }
            assertThat(host.run("qwop.state[0]", "a test")).isEqualTo(torsoX(start));
            assertThat(host.run("document.getElementById('message').textContent", "a test"))
                    .isEqualTo("The clock begins with your first key. The far leg goes the other way.");

            press(host, "keydown", "w");
            host.advance(A_BIT_MORE_THAN_AN_UPDATE);
            start.step(Keys.W, 1);
            assertThat(host.run("qwop.state[0]", "a test")).isEqualTo(torsoX(start));
            assertThat(host.run("document.getElementById('message').hidden", "a test"))
                    .isEqualTo(true);
        }
    }

    @Test
    void aKeyThatGoesUpWithAModifierIsLetGo() {
        try (PageHost host = OpenPageGame.open()) {
            press(host, "keydown", "q");
            send(host, "document", "new KeyboardEvent('keydown', { key: 'w', ctrlKey: true })");
            assertThat(held(host)).isEqualTo("Q");
            send(host, "document", "new KeyboardEvent('keyup', { key: 'q', ctrlKey: true })");
            assertThat(held(host)).isEqualTo("");

            press(host, "keydown", "o");
            press(host, "keydown", "Meta");
            assertThat(held(host)).isEqualTo("");
        }
    }

    @Test
    void aPointerLeavesWhatTheKeyboardHolds() {
        String button = "document.querySelector('[data-key=p]')";
        try (PageHost host = OpenPageGame.open()) {
            press(host, "keydown", "p");
            send(host, button, "new Event('pointerleave')");
            assertThat(held(host)).isEqualTo("P");
            send(host, button, "new Event('pointerdown')");
            press(host, "keyup", "p");
            assertThat(held(host)).isEqualTo("P");
            send(host, button, "new Event('pointerleave')");
            assertThat(held(host)).isEqualTo("");
        }
    }

    @Test
    void aKeyOfAnotherScriptIsKnownByItsPlace() {
        try (PageHost host = OpenPageGame.open()) {
            send(host, "document", keyAt("\\u0439", "KeyQ"));
            assertThat(held(host)).isEqualTo("Q");
            // On a French keyboard, A lies where Q does elsewhere.
            send(host, "document", keyAt("a", "KeyQ"));
            send(host, "document", keyAt("z", "KeyW"));
            assertThat(held(host)).isEqualTo("Q");
        }
    }

    /** HtmlUnit's keyboard events lack the code. */
    private static String keyAt(String letter, String code) {
        return "Object.defineProperty(new KeyboardEvent('keydown', { key: '" + letter + "' }), 'code', { value: '"
                + code + "' })";
    }

    private static void press(PageHost host, String type, String key) {
        send(host, "document", "new KeyboardEvent('" + type + "', { key: '" + key + "' })");
    }

    private static void send(PageHost host, String target, String event) {
        host.run(target + ".dispatchEvent(" + event + ")", "a test");
    }

    /** The letters of the keys that the page shows as held. */
    static @Nullable Object held(PageHost host) {
        return host.run(
                "Array.prototype.map.call(document.querySelectorAll('.held'),"
                        + "function (key) { return key.textContent; }).join('')",
                "a test");
    }

    private static double torsoX(Game game) {
        double[] bodies = new double[Game.BODY_VALUES];
        game.readBodies(bodies, 0);
        return bodies[0];
    }
}
