package io.github.qwop.game.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageServerTest {

    private final PageServer server = PageServer.start(0);
    private final HttpClient browser = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        server.close();
    }

    private <T> HttpResponse<T> get(URI address, BodyHandler<T> body) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(address).build(), body);
    }

    @Test
    void everyFileOfThePageIsServed() throws IOException, InterruptedException {
        for (String name : OpenPage.FILES) {
            HttpResponse<byte[]> answer = get(server.playAddress().resolve(name), BodyHandlers.ofByteArray());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(OpenPage.read(name)).isNotEmpty();
            assertThat(answer.headers().firstValue("Content-Type")).hasValue(OpenPage.contentType(name));
        }
        assertThat(get(server.playAddress(), BodyHandlers.ofByteArray()).body())
                .isEqualTo(OpenPage.read(OpenPage.INDEX));
    }

    @Test
    void whatABrowserAsksForOnItsOwnIsThere() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get(server.playAddress().resolve("favicon.ico"), BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/svg+xml");
        assertThat(answer.body()).isEqualTo(OpenPage.read("icon.svg"));
    }

    @Test
    void aGhostIsServedInItsScript() throws IOException, InterruptedException {
        Ghost ghost = new Ghost("the </script> of \"old\"", new byte[] {1, 1, 9}, Trigonometry.GLIBC);
        try (PageServer racing = PageServer.start(0, ghost, null)) {
            String script = get(racing.playAddress().resolve(OpenPage.RACE), BodyHandlers.ofString())
                    .body();

            assertThat(script).startsWith("window.qwopRace = ").doesNotContain("</script>");
            JsonObject race = JsonParser.parseString(
                            script.substring("window.qwopRace = ".length(), script.lastIndexOf(';')))
                    .getAsJsonObject();
            assertThat(race.get("keeps").getAsBoolean()).isFalse();
            assertThat(race.getAsJsonObject("ghost").get("name").getAsString()).isEqualTo(ghost.name());
            assertThat(race.getAsJsonObject("ghost").get("trigonometry").getAsString())
                    .isEqualTo("glibc");
            assertThat(race.getAsJsonObject("ghost").getAsJsonArray("keys")).hasToString("[1,2,9,1]");
        }
    }

    private HttpResponse<String> play(PageServer kept, String origin, byte[] keys)
            throws IOException, InterruptedException {
        return browser.send(
                HttpRequest.newBuilder(kept.playAddress().resolve("played"))
                        .header("Origin", origin)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(keys))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void whatIsPlayedIsTakenFromThisPageAlone() throws IOException, InterruptedException {
        List<byte[]> taken = new CopyOnWriteArrayList<>();
        byte[] keys = {9, 0, 15};
        try (PageServer kept = PageServer.start(0, null, played -> {
            taken.add(played);
            return "Kept.";
        })) {
            String origin = "http://" + kept.playAddress().getAuthority();

            assertThat(play(kept, "http://elsewhere.test", keys).statusCode()).isEqualTo(403);
            assertThat(get(kept.playAddress().resolve("played"), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(403);
            assertThat(play(kept, origin, new byte[] {16}).statusCode()).isEqualTo(400);
            assertThat(play(kept, origin, new byte[Ghost.MOST_UPDATES + 1]).statusCode())
                    .isEqualTo(400);
            assertThat(taken).isEmpty();
            assertThat(play(kept, origin, keys).body()).isEqualTo("Kept.");
            assertThat(taken).containsExactly(keys);
        }
        assertThat(play(server, "http://" + server.playAddress().getAuthority(), keys)
                        .statusCode())
                .isEqualTo(404);
    }

    /** A port that is forwarded to this one has another number; a page of another port of this machine is not ours. */
    @ParameterizedTest
    @CsvSource({
        "localhost:1, http://localhost:1, 200",
        "localhost:1, http://localhost:2, 403",
        "evil.example, http://evil.example, 403"
    })
    void whatIsPlayedIsTakenThroughAForwardedPort(String host, String origin, int status) throws IOException {
        try (PageServer kept = PageServer.start(0, null, played -> "Kept.");
                Socket socket = new Socket(
                        kept.playAddress().getHost(), kept.playAddress().getPort())) {
            String request = "POST /played HTTP/1.1\r\nHost: " + host + "\r\nOrigin: " + origin
                    + "\r\nContent-Length: 1\r\n\r\n\t";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            assertThat(firstLine(socket)).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void aGhostIsNoLongerThanHalfAnHour() {
        byte[] keys = new byte[Ghost.MOST_UPDATES + 1];

        assertThatThrownBy(() -> new Ghost("long", keys, Trigonometry.FDLIBM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "It runs for 54001 game updates, and at most 54000, half an hour of play, can be raced: give a"
                                + " shorter one.");
    }

    @Test
    void nothingElseIsServed() throws IOException, InterruptedException {
        for (String path : new String[] {
            "WebKernel.class", "../web/page.js", "missing.html", "x/page.js", "states/x", "states.html"
        }) {
            URI address = URI.create(server.playAddress() + path);
            assertThat(get(address, BodyHandlers.discarding()).statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    /** What a page from elsewhere sends whose name was made to lead here; the client in the JDK would not. */
    @ParameterizedTest
    @CsvSource({
        "GET, evil.example, 403",
        "GET, evil.example:80, 403",
        "GET, localhost.evil.example, 403",
        "GET, 127.0.0.1.evil.example, 403",
        "POST, evil.example, 403",
        "GET, '', 403",
        "GET, localhost:1, 200",
        "GET, 127.0.0.1, 200",
        "GET, [::1]:8000, 200",
        "POST, localhost, 405",
        "DELETE, localhost, 405"
    })
    void whoNamesAnotherHostIsRefused(String method, String host, int status) throws IOException {
        try (Socket socket = connected(method, "/", host)) {
            assertThat(firstLine(socket)).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void aStreamThatWasClosedIsNoticedThoughNothingIsPlayed() throws IOException {
        try (Socket socket = connected("GET", "/states", "localhost")) {
            assertThat(firstLine(socket)).startsWith("HTTP/1.1 200 ");
            waitForWatchers(1);
        }
        waitForWatchers(0);
    }

    private Socket connected(String method, String path, String host) throws IOException {
        URI address = server.playAddress();
        Socket socket = new Socket(address.getHost(), address.getPort());
        String request = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 0\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static String firstLine(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    private void waitForWatchers(int count) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (server.watchers() != count && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        assertThat(server.watchers()).isEqualTo(count);
    }

    @Test
    void onlyThisMachineIsServed() throws IOException {
        InetAddress address = InetAddress.getByName(server.playAddress().getHost());

        assertThat(address.isLoopbackAddress()).isTrue();
    }

    @Test
    void anAddressOfVersionSixStandsInBrackets() throws IOException {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        URI address = PageServer.address(InetAddress.getByAddress(loopback), 80);

        assertThat(address).hasHost("[0:0:0:0:0:0:0:1]").hasPort(80);
    }

    /** Whoever types the port alone where a policy is shown wants to see that. */
    @Test
    void theRootIsWhatIsShown() throws IOException, InterruptedException {
        String play = get(server.playAddress(), BodyHandlers.ofString()).body();
        server.show(new Twin(), 0, "a policy");
        String watch = get(server.playAddress(), BodyHandlers.ofString()).body();

        assertThat(watch)
                .isEqualTo(get(server.watchAddress(), BodyHandlers.ofString()).body())
                .isNotEqualTo(play);
    }

    @Test
    void whoWatchesSeesTheGame() throws IOException, InterruptedException {
        Twin twin = new Twin();
        server.show(twin, Keys.Q | Keys.P, "a \"policy\", episode 1");
        URI states = server.watchAddress().resolve("states");
        try (InputStream stream = get(states, BodyHandlers.ofInputStream()).body();
                BufferedReader events = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            assertEvent(events, twin, 9);
            assertThat(server.watchers()).isEqualTo(1);

            twin.step(Keys.O, 60);
            server.show(twin, Keys.O, "a \"policy\", episode 1");
            assertEvent(events, twin, 4);

            server.close();
            assertThat(ended(events)).isTrue();
        }
    }

    /** Whether no more comes: the server may end the stream or cut the connection. */
    private static boolean ended(BufferedReader events) {
        try {
            return events.readLine() == null;
        } catch (IOException e) {
            return true;
        }
    }

    private static void assertEvent(BufferedReader events, Twin twin, int keys) throws IOException {
        String line = events.readLine();
        // A remark, where the next state was long in coming.
        while (!line.startsWith("data: ")) {
            line = events.readLine();
        }
        JsonObject event =
                JsonParser.parseString(line.substring("data: ".length())).getAsJsonObject();
        assertThat(events.readLine()).isEmpty();
        assertThat(event.get("caption").getAsString()).isEqualTo("a \"policy\", episode 1");
        assertThat(event.get("keys").getAsInt()).isEqualTo(keys);
        JsonArray state = event.getAsJsonArray("state");
        assertThat(state).hasSize(PageState.LENGTH);
        double[] bodies = new double[Game.BODY_VALUES];
        twin.readBodies(bodies, 0);
        for (int i = 0; i < bodies.length; i++) {
            assertThat(state.get(PageState.BODIES + i).getAsDouble()).isEqualTo(bodies[i]);
        }
        assertThat(state.get(PageState.SCORE).getAsDouble()).isEqualTo(twin.score());
        assertThat(state.get(PageState.GAME_ENDED).getAsInt()).isEqualTo(twin.gameEnded() ? 1 : 0);
    }

    @Test
    void aPortThatCannotBeHadIsNamed() {
        int taken = server.playAddress().getPort();

        assertThatThrownBy(() -> PageServer.start(taken))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("The page cannot be served on port " + taken)
                .hasMessageEndingWith("choose another, or 0 for any free one.");
        assertThatThrownBy(() -> PageServer.start(65536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port is 65536: give 1 to 65535, or 0 for any free one.");
    }
}
