package io.github.qwop.game.web;

import com.google.gson.Gson;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.twin.Twin;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves the open page to browsers on this machine: one page to play, and one to watch a game that runs here. Other
 * machines cannot reach it, and what was played is taken from this page alone, not from others that a browser shows.
 *
 * <p>{@link #show} hands a state to all who watch and returns at once; a browser that is slower than the game misses
 * states, never delays it. Thread safe.
 */
public final class PageServer implements AutoCloseable {

    /** What browsers ask for on their own. */
    private static final String FAVICON = "favicon.ico";

    private static final String ICON = "icon.svg";

    private static final String PLAYED = "played";
    private static final String STATES = "states";
    private static final Pattern LOCAL =
            Pattern.compile("(localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[[0:]*:1])(:\\d+)?", Pattern.CASE_INSENSITIVE);
    private static final long QUIET_MILLIS = 1000;
    private static final byte[] REMARK = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final ExecutorService threads;
    private final @Nullable Ghost ghost;
    private final @Nullable Keeper keeper;
    private final Object news = new Object();

    /** The last state shown, as a server-sent event. Guarded by {@link #news}, as are the next three. */
    private byte[] latest = new byte[0];

    private long shown;
    private int watchers;
    private boolean closed;

    /** Keeps what a person has played; called by the server's threads. */
    @FunctionalInterface
    public interface Keeper {

        /**
         * Keeps a run that has ended.
         *
         * @param keys masks of the keys held, one per update from the canonical start, at most
         *     {@link Ghost#MOST_UPDATES}
         * @return a sentence for the player on where it is kept, or why it is not
         */
        String keep(byte[] keys);
    }

    private PageServer(HttpServer server, ExecutorService threads, @Nullable Ghost ghost, @Nullable Keeper keeper) {
        this.server = server;
        this.threads = threads;
        this.ghost = ghost;
        this.keeper = keeper;
    }

    /**
     * Starts to serve, with nobody to race, and without keeping what is played.
     *
     * @param port the port to listen on, or 0 for any free one
     * @throws UncheckedIOException if the port cannot be had
     */
    public static PageServer start(int port) {
        return start(port, null, null);
    }

    /**
     * Starts to serve.
     *
     * @param port the port to listen on, or 0 for any free one
     * @param ghost whom the player races
     * @param keeper keeps the player's runs
     * @throws UncheckedIOException if the port cannot be had
     */
    public static PageServer start(int port, @Nullable Ghost ghost, @Nullable Keeper keeper) {
        HttpServer server = listen(port);
        ExecutorService threads = threads();
        PageServer pages = new PageServer(server, threads, ghost, keeper);
        server.setExecutor(threads);
        server.createContext("/", pages::serve);
        server.start();
        return pages;
    }

    /** A server that only this machine reaches, not yet started. */
    static HttpServer listen(int port) {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port is " + port + ": give 1 to 65535, or 0 for any free one.");
        }
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The page cannot be served on port " + port + " (" + e.getMessage()
                            + "): choose another, or 0 for any free one.",
                    e);
        }
    }

    static ExecutorService threads() {
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "qwop-page");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Where the game is played. */
    public URI playAddress() {
        return address(server);
    }

    static URI address(HttpServer server) {
        return address(InetAddress.getLoopbackAddress(), server.getAddress().getPort());
    }

    static URI address(InetAddress host, int port) {
        String name = host.getHostAddress();
        return URI.create("http://" + (host instanceof Inet6Address ? "[" + name + "]" : name) + ":" + port + "/");
    }

    /** Where the games given to {@link #show} are watched. */
    public URI watchAddress() {
        return playAddress().resolve(OpenPage.WATCH);
    }

    /**
     * Shows a game's state to all who watch, now and as the first thing to whoever comes before the next call.
     *
     * @param keys the keys held, see {@link Keys}
     * @param caption what game it is
     */
    public void show(Game game, int keys, String caption) {
        Keys.check(keys);
        double[] state = new double[game instanceof Twin ? PageState.LENGTH : PageState.HURDLE];
        PageState.write(game, 0, state);
        if (game instanceof Twin twin) {
            twin.readHurdle(state, PageState.HURDLE);
        }
        byte[] event = event(state, keys, caption);
        synchronized (news) {
            latest = event;
            shown++;
            news.notifyAll();
        }
    }

    private static byte[] event(double[] state, int keys, String caption) {
        StringBuilder text = new StringBuilder("data: {\"caption\":")
                .append(new Gson().toJson(caption))
                .append(",\"keys\":")
                .append(keys)
                .append(",\"state\":[");
        for (int i = 0; i < state.length; i++) {
            text.append(i == 0 ? "" : ",").append(state[i]);
        }
        return text.append("]}\n\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** How many browsers watch. One that has gone is noticed when it is next sent something, some seconds later. */
    public int watchers() {
        synchronized (news) {
            return watchers;
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = String.valueOf(exchange.getRequestURI().getPath());
            String asked = path.equals("/") ? first() : path.substring(Math.min(1, path.length()));
            String name = asked.equals(FAVICON) ? ICON : asked;
            if (!isLocal(exchange.getRequestHeaders().getFirst("Host"))) {
                exchange.sendResponseHeaders(403, -1);
            } else if (name.equals(PLAYED) && keeper != null) {
                keep(exchange, keeper);
            } else if (!name.equals(STATES) && !OpenPage.FILES.contains(name)) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                exchange.sendResponseHeaders(405, -1);
            } else if (name.equals(STATES)) {
                serveStates(exchange);
            } else {
                serveFile(exchange, name);
            }
        }
    }

    /** Where something is shown, whoever asks for nothing wants to see that. */
    private String first() {
        synchronized (news) {
            return shown == 0 ? OpenPage.INDEX : OpenPage.WATCH;
        }
    }

    /** What stands in {@code race.js}, as this server knows it. */
    private byte[] race() {
        if (ghost == null && keeper == null) {
            return OpenPage.read(OpenPage.RACE);
        }
        String text = "window.qwopRace = {\"ghost\":" + (ghost == null ? "null" : ghost.json()) + ",\"keeps\":"
                + (keeper != null) + "};\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void keep(HttpExchange exchange, Keeper with) throws IOException {
        if (!exchange.getRequestMethod().equals("POST") || !comesFromOurPage(exchange)) {
            exchange.sendResponseHeaders(403, -1);
            return;
        }
        byte[] keys = exchange.getRequestBody().readNBytes(Ghost.MOST_UPDATES + 1);
        if (keys.length > Ghost.MOST_UPDATES || !areKeys(keys)) {
            exchange.sendResponseHeaders(400, -1);
            return;
        }
        byte[] told = with.keep(keys).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=UTF-8");
        exchange.sendResponseHeaders(200, told.length);
        exchange.getResponseBody().write(told);
    }

    /** Any page can send to any address; a browser says whose it is, and under which name it has found us. */
    private boolean comesFromOurPage(HttpExchange exchange) {
        String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
        // That it is a name of this machine is seen before; its port may be one that is forwarded to this one.
        return ("http://" + host).equals(exchange.getRequestHeaders().getFirst("Origin"));
    }

    private static boolean areKeys(byte[] keys) {
        for (byte mask : keys) {
            if (mask < 0 || mask >= Keys.COMBINATIONS) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a request names this machine. A page from elsewhere whose name was made to lead here names itself: what
     * it would get belongs to whoever sits at this machine.
     */
    static boolean isLocal(@Nullable String host) {
        return host != null && LOCAL.matcher(host).matches();
    }

    private void serveFile(HttpExchange exchange, String name) throws IOException {
        byte[] content = name.equals(OpenPage.RACE) ? race() : OpenPage.read(name);
        exchange.getResponseHeaders().set("Content-Type", OpenPage.contentType(name));
        exchange.getResponseHeaders().set("Cache-Control", "no-cache");
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
    }

    private void serveStates(HttpExchange exchange) throws IOException {
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.getResponseHeaders().set("Cache-Control", "no-cache");
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            body.flush();
            count(1);
            try {
                sendStates(body);
            } finally {
                count(-1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendStates(OutputStream body) throws IOException, InterruptedException {
        long sent = 0;
        while (true) {
            byte[] event;
            synchronized (news) {
                if (shown == sent && !closed) {
                    news.wait(QUIET_MILLIS);
                }
                if (closed) {
                    return;
                }
                // Where nothing is played a remark, which browsers pass over, finds out whether anybody listens.
                event = shown == sent ? REMARK : latest;
                sent = shown;
            }
            body.write(event);
            body.flush();
        }
    }

    private void count(int change) {
        synchronized (news) {
            watchers += change;
        }
    }

    /** Stops serving, and ends the streams of all who watch. */
    @Override
    public void close() {
        synchronized (news) {
            closed = true;
            news.notifyAll();
        }
        server.stop(0);
        threads.shutdown();
    }
}
