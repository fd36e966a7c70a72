package io.github.qwop.game.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LivePageTest {

    private final AtomicInteger asked = new AtomicInteger();
    private final LivePage page = LivePage.start(
            0, () -> new LivePage.Content("v" + asked.incrementAndGet(), "<p>Page " + asked.get() + "</p>"));
    private final HttpClient browser = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        page.close();
    }

    private HttpResponse<String> send(String path, String method) throws IOException, InterruptedException {
        return browser.send(
                HttpRequest.newBuilder(page.address().resolve(path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void servesThePageAsItIsWhenItIsAskedFor() throws IOException, InterruptedException {
        HttpResponse<String> first = send("", "GET");
        assertThat(first.body()).isEqualTo("<p>Page 1</p>");
        assertThat(first.headers().firstValue("Content-Type")).hasValue("text/html; charset=UTF-8");
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(send("", "GET").body()).isEqualTo("<p>Page 2</p>");
        assertThat(send("version", "GET").body()).isEqualTo("v3");
        assertThat(send("favicon.ico", "GET").statusCode()).isEqualTo(200);
        assertThat(send("elsewhere", "GET").statusCode()).isEqualTo(404);
        assertThat(send("", "POST").statusCode()).isEqualTo(405);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "127.0.0.1:1234, 200",
        "'[::1]:8080', 200",
        "evil.test, 403",
        "localhost.evil.test, 403",
        "127.0.0.1.evil.test, 403",
        "'', 403",
    })
    void aPageFromElsewhereThatWasLedHereGetsNothing(String host, int status) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), page.address().getPort())) {
            socket.getOutputStream()
                    .write(("GET /version HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(answer.readLine()).contains(" " + status + " ");
        }
    }

    @Test
    void isReachedFromThisMachineAlone() {
        assertThat(page.address().getHost()).isIn("127.0.0.1", "[0:0:0:0:0:0:0:1]");
        assertThatThrownBy(() -> LivePage.start(70_000, () -> new LivePage.Content("", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port is 70000: give 1 to 65535, or 0 for any free one.");
    }
}
