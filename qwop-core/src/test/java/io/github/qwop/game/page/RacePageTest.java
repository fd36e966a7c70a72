package io.github.qwop.game.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.game.Keys;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.page.MemoryConnection.PageFile;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.game.web.Ghost;
import io.github.qwop.game.web.OpenPage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A person races a recording on the page, and what they play is handed over. */
class RacePageTest {

    private static final double A_BIT_MORE_THAN_AN_UPDATE = 1000.0 / 30 + 0.01;

    /** In place of the browser's: it keeps what is sent, and answers when the test wants it. */
    private static final String REQUEST = "window.XMLHttpRequest = function () { window.request = this; };"
            + "XMLHttpRequest.prototype.open = function (method, path) { this.asked = method + ' ' + path; };"
            + "XMLHttpRequest.prototype.send = function (body) {"
            + " this.body = Array.prototype.join.call(body, ''); };";

    /** Falls after 47 updates. */
    private static final byte[] DIVE = keys(Keys.O, 60);

    private static byte[] keys(int mask, int updates) {
        byte[] keys = new byte[updates];
        Arrays.fill(keys, (byte) mask);
        return keys;
    }

    private static PageHost open(@Nullable Ghost ghost) {
        Map<String, PageFile> files = new HashMap<>();
        for (String name : OpenPage.FILES) {
            files.put("/" + name, new PageFile(OpenPage.contentType(name), OpenPage.read(name)));
        }
        String race = "window.qwopRace = { ghost: " + (ghost == null ? "null" : ghost.json()) + ", keeps: true };";
        files.put(
                "/race.js",
                new PageFile(OpenPage.contentType("race.js"), (REQUEST + race).getBytes(StandardCharsets.UTF_8)));
        PageHost host = new PageHost("http://race.test", files, Trigonometry.FDLIBM);
        host.open("/" + OpenPage.INDEX);
        host.advance(A_BIT_MORE_THAN_AN_UPDATE);
        return host;
    }

    private static void press(PageHost host, String type, String key) {
        host.run("document.dispatchEvent(new KeyboardEvent('" + type + "', { key: '" + key + "' }))", "a test");
    }

    private static void play(PageHost host, int updates) {
        for (int i = 0; i < updates; i++) {
            host.advance(A_BIT_MORE_THAN_AN_UPDATE);
        }
    }

    private static @Nullable Object text(PageHost host, String id) {
        return host.run("document.getElementById('" + id + "').textContent", "a test");
    }

    @Test
    void aGhostStartsWithThePlayersFirstKey() {
        try (PageHost host = open(new Ghost("old, 0.5 m in 1.6 s", DIVE, Trigonometry.FDLIBM))) {
            play(host, 20);
            assertThat(text(host, "ghost")).isEqualTo("the ghost at 0.3 m");
            assertThat(text(host, "message")).asString().startsWith("You race old, 0.5 m in 1.6 s. The clock begins");

            press(host, "keydown", "o");
            play(host, 30);
            assertThat(text(host, "lead")).isEqualTo("level with");
            play(host, 30);
            assertThat(text(host, "lead")).isEqualTo("level with");
            assertThat(text(host, "ghost")).isEqualTo("the ghost, fell at 0.5 m");
            assertThat(text(host, "message")).asString().startsWith("You fell: 0.5 m, level with the ghost. R, space");
        }
    }

    @Test
    void theGapIsInSecondsAndMetresOnTheSameClock() {
        int updates = 40;
        try (PageHost host = open(new Ghost("old", DIVE, Trigonometry.GLIBC));
                Twin ghost = new Twin(Trigonometry.GLIBC);
                Twin player = new Twin()) {
            double[] itsFurthest = furthest(ghost, Keys.O, updates);
            double[] myFurthest = furthest(player, Keys.P, updates);
            int there = 0;
            while (itsFurthest[there] < myFurthest[updates]) {
                there++;
            }

            press(host, "keydown", "p");
            play(host, updates);

            assertThat(itsFurthest[updates]).isGreaterThan(myFurthest[updates]);
            assertThat(text(host, "lead"))
                    .isEqualTo(String.format(
                            "%.1f s and %.1f m behind",
                            (updates - there) / 30.0, (itsFurthest[updates] - myFurthest[updates]) / 10));
            assertThat(host.run("qwop.state[0]", "a test")).isEqualTo(player.torsoX());
        }
    }

    /** The furthest that a runner has come after 0, 1, 2 … updates with the same keys. */
    private static double[] furthest(Twin twin, int keys, int updates) {
        double[] furthest = new double[updates + 1];
        furthest[0] = twin.torsoX();
        for (int i = 1; i <= updates; i++) {
            twin.step(keys, 1);
            furthest[i] = Math.max(furthest[i - 1], twin.torsoX());
        }
        return furthest;
    }

    @Test
    void whatWasPlayedIsHandedOverUpdateByUpdate() {
        try (PageHost host = open(null)) {
            press(host, "keydown", "o");
            play(host, 5);
            press(host, "keydown", "q");
            play(host, 2);
            press(host, "keyup", "q");
            play(host, 60);
            String sent = String.valueOf(host.run("request.asked + ' ' + request.body", "a test"));

            assertThat(sent).startsWith("POST played 4444455444").matches("POST played 4{5}55(4+)");
            assertThat(text(host, "message"))
                    .asString()
                    .startsWith("You fell: ")
                    .doesNotContain("Saved");
            host.run("request.status = 403; request.responseText = ''; request.onload()", "a test");
            assertThat(text(host, "message")).asString().contains(" m. It is not saved: ");
            host.run("request.status = 200; request.responseText = 'Saved as it is.'; request.onload()", "a test");
            assertThat(text(host, "message")).asString().contains(" m. Saved as it is. R, space or a tap");

            Twin twin = new Twin();
            for (char mask : sent.substring("POST played ".length()).toCharArray()) {
                assertThat(twin.gameEnded()).isFalse();
                twin.step(mask - '0', 1);
            }
            assertThat(twin.gameEnded()).isTrue();
        }
    }

    @Test
    void theAnswerToAnEarlierRunIsNotTakenForThisOnes() {
        try (PageHost host = open(null)) {
            press(host, "keydown", "o");
            play(host, 60);
            press(host, "keyup", "o");
            press(host, "keydown", "r");
            play(host, 1);
            host.run("request.onerror()", "a test");

            assertThat(text(host, "message")).asString().startsWith("The clock begins with your first key.");
        }
    }
}
