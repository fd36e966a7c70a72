package io.github.qwop.game.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.game.Keys;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.page.MemoryConnection.PageFile;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.game.web.OpenPage;
import io.github.qwop.game.web.PageServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The watching page shows what the server tells it. */
class WatchPageTest {

    /** In place of the browser's: it keeps the page's listener for the test to call. */
    private static final String EVENT_SOURCE =
            "<script>window.EventSource = function (address) { window.source = this; this.address = address; };</script>";

    private static final double A_MOMENT = 20;

    private static PageHost open() {
        Map<String, PageFile> files = new HashMap<>();
        for (String name : OpenPage.FILES) {
            files.put("/" + name, new PageFile(OpenPage.contentType(name), OpenPage.read(name)));
        }
        String page = new String(OpenPage.read(OpenPage.WATCH), StandardCharsets.UTF_8);
        files.put("/" + OpenPage.WATCH, PageFile.html(page.replace("<main>", EVENT_SOURCE + "<main>")));
        PageHost host = new PageHost("http://watch.test", files, Trigonometry.FDLIBM);
        host.open("/" + OpenPage.WATCH);
        return host;
    }

    /** What a browser that watches is told about a game. */
    private static String told(Twin twin, int keys) throws IOException, InterruptedException {
        try (PageServer server = PageServer.start(0)) {
            server.show(twin, keys, "best.zip of a, episode 3, 2\u00d7");
            var request = HttpRequest.newBuilder(server.watchAddress().resolve("states"))
                    .build();
            var stream = HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofInputStream())
                    .body();
            try (BufferedReader events = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                return events.readLine().substring("data: ".length());
            }
        }
    }

    private static void tell(PageHost host, Twin twin, int keys) throws IOException, InterruptedException {
        host.run("source.onmessage({ data: '" + told(twin, keys) + "' })", "a test");
        host.advance(A_MOMENT);
    }

    private static @Nullable Object text(PageHost host, String id) {
        return host.run("document.getElementById('" + id + "').textContent", "a test");
    }

    @Test
    void aRunIsShownToItsEndAndTheNextOneAfterIt() throws IOException, InterruptedException {
        try (PageHost host = open();
                Twin twin = new Twin()) {
            host.advance(A_MOMENT);
            assertThat(host.run("source.address", "a test")).isEqualTo("states");

            twin.step(Keys.O, 40);
            tell(host, twin, Keys.O | Keys.W);
            assertThat(text(host, "distance")).isEqualTo(String.valueOf(twin.score()));
            assertThat(text(host, "message")).isEqualTo("");
            assertThat(text(host, "caption")).isEqualTo("best.zip of a, episode 3, 2\u00d7");
            assertThat(OpenPageGameTest.held(host)).isEqualTo("WO");

            twin.step(Keys.O, 7);
            double end = twin.score();
            tell(host, twin, Keys.O);
            assertThat(twin.gameEnded()).isTrue();
            assertThat(text(host, "message")).isEqualTo("The runner fell: " + end + " m.");

            twin.step(Keys.NONE, 20);
            tell(host, twin, Keys.NONE);
            assertThat(twin.score()).isNotEqualTo(end);
            assertThat(text(host, "distance")).isEqualTo(String.valueOf(end));

            twin.reset();
            tell(host, twin, Keys.NONE);
            assertThat(text(host, "distance")).isEqualTo(String.valueOf(twin.score()));
            assertThat(text(host, "best")).isEqualTo(String.valueOf(end));
            assertThat(messageIsHidden(host)).isEqualTo(true);
        }
    }

    private static @Nullable Object messageIsHidden(PageHost host) {
        return host.run("document.getElementById('message').hidden", "a test");
    }

    /** Of a game, or of the end of one, as whoever comes late does. */
    @Test
    void itSaysThatItWaitsUntilItHearsOfAGame() throws IOException, InterruptedException {
        String waiting = "Waiting for the first update of the game that is watched.";
        for (int updates : new int[] {1, 47}) {
            try (PageHost host = open();
                    Twin twin = new Twin()) {
                host.advance(A_MOMENT);
                assertThat(text(host, "message")).isEqualTo(waiting);
                host.run("source.onopen()", "a test");
                assertThat(text(host, "message")).isEqualTo(waiting);
                assertThat(messageIsHidden(host)).isEqualTo(false);

                twin.step(Keys.O, updates);
                tell(host, twin, Keys.O);
                assertThat(messageIsHidden(host)).isEqualTo(!twin.gameEnded());
                assertThat(text(host, "message"))
                        .isEqualTo(twin.gameEnded() ? "The runner fell: " + twin.score() + " m." : "");
            }
        }
    }

    @Test
    void whoWatchesIsToldThatTheServerHasGone() throws IOException, InterruptedException {
        try (PageHost host = open();
                Twin twin = new Twin()) {
            tell(host, twin, Keys.NONE);
            host.run("source.onerror()", "a test");
            assertThat(text(host, "message")).isEqualTo("The game that was watched here has gone.");
            assertThat(messageIsHidden(host)).isEqualTo(false);

            host.run("source.onopen()", "a test");
            assertThat(messageIsHidden(host)).isEqualTo(true);
            tell(host, twin, Keys.NONE);
            assertThat(messageIsHidden(host)).isEqualTo(true);
        }
    }
}
