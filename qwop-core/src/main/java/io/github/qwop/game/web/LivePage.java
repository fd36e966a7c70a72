package io.github.qwop.game.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * Serves one page that changes to browsers on this machine, which other machines cannot reach: the page itself, and
 * under {@code version} a short text that is another whenever the page is. Thread safe if what supplies it is.
 */
public final class LivePage implements AutoCloseable {

    private static final String VERSION = "/version";
    private static final String ICON = "icon.svg";

    private final HttpServer server;
    private final ExecutorService threads;
    private final Supplier<Content> content;

    /**
     * What is served.
     *
     * @param version another for another page
     * @param html the page
     */
    public record Content(String version, String html) {}

    private LivePage(HttpServer server, ExecutorService threads, Supplier<Content> content) {
        this.server = server;
        this.threads = threads;
        this.content = content;
    }

    /**
     * Starts to serve.
     *
     * @param port the port to listen on, or 0 for any free one
     * @param content asked for each request, by the server's threads
     * @throws UncheckedIOException if the port cannot be had
     */
    public static LivePage start(int port, Supplier<Content> content) {
        HttpServer server = PageServer.listen(port);
        ExecutorService threads = PageServer.threads();
        LivePage page = new LivePage(server, threads, content);
        server.setExecutor(threads);
        server.createContext("/", page::serve);
        server.start();
        return page;
    }

    /** Where the page is. */
    public URI address() {
        return PageServer.address(server);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = String.valueOf(exchange.getRequestURI().getPath());
            if (!PageServer.isLocal(exchange.getRequestHeaders().getFirst("Host"))) {
                exchange.sendResponseHeaders(403, -1);
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                exchange.sendResponseHeaders(405, -1);
            } else {
                switch (path) {
                    case "/" ->
                        send(
                                exchange,
                                "text/html; charset=UTF-8",
                                bytes(content.get().html()));
                    case VERSION ->
                        send(
                                exchange,
                                "text/plain; charset=UTF-8",
                                bytes(content.get().version()));
                    // What browsers ask for on their own.
                    case "/favicon.ico" -> send(exchange, OpenPage.contentType(ICON), OpenPage.read(ICON));
                    default -> exchange.sendResponseHeaders(404, -1);
                }
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Stops serving. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
