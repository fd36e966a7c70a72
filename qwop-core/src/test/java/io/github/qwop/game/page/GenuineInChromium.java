package io.github.qwop.game.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.qwop.game.page.MemoryConnection.PageFile;
import io.github.qwop.game.web.Chromium;
import io.github.qwop.game.web.OpenPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * In a real Chromium, with the same hooks as in HtmlUnit and with the kernel's sine and cosine: tens of thousands of
 * updates a second. The page comes from memory over loopback; the browser believes it to be the author's host and finds
 * every other host there too, so that it asks no network for anything. It loads the page again for each {@link #play}.
 */
public final class GenuineInChromium implements GenuinePage {

    private static final String HOST = "www.foddy.net";
    private static final String PAGE = "<!DOCTYPE html><html><head><title>QWOP</title></head><body>"
            + "<div id=\"gameContent\"></div><script src=\"/kernel.js\"></script><script src=\"/hooks.js\"></script>"
            + "<script src=\"/chromium.js\"></script></body></html>";

    /** One function of the page each. */
    private static final List<String> HOOKS = List.of("webgl", "audio", "clock", "classes", "genuine", "campaign");

    private static final String NO_SUCH_SINE =
            "its sine and cosine are not fdlibm's: the kernel in JavaScript is at fault, see OpenPageBrowserTest.";

    /** How many sines and cosines are checked, and of which multiples of which angle; chromium.js says the same. */
    private static final int SINES = 5000;

    private static final double SINE_STEP = 0.00137;

    private static final int MAX_SECONDS = 900;
    private static final int ANSWER_SECONDS = 20;

    private final Map<String, PageFile> files;
    private final HttpServer server;
    private final ExecutorService threads;
    private final Path profile;
    private final Process browser;
    private final SynchronousQueue<byte[]> work = new SynchronousQueue<>();
    private final SynchronousQueue<Told> told = new SynchronousQueue<>();

    /** What the page told: the result, or why there is none. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Told(byte[] result, @Nullable String failure) {}

    /**
     * Starts a browser.
     *
     * @param browser its program
     */
    public GenuineInChromium(GenuineFolder folder, Path browser) throws IOException {
        files = Map.of(
                "/",
                PageFile.html(PAGE),
                "/kernel.js",
                new PageFile(OpenPage.contentType("kernel.js"), OpenPage.read("kernel.js")),
                "/hooks.js",
                script(hooks()),
                "/chromium.js",
                script(resource("chromium.js")),
                "/" + GenuineFolder.SCRIPT,
                script(folder.script()),
                "/assets/" + GenuineFolder.BUNDLE,
                PageFile.binary(folder.bundle()));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "genuine-page");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        profile = Files.createTempDirectory("qwop-campaign");
        ProcessBuilder command = Chromium.headless(browser, profile);
        command.command()
                .addAll(List.of(
                        "--host-resolver-rules=MAP * 127.0.0.1",
                        "--no-proxy-server",
                        "--disable-background-networking",
                        "http://" + HOST + ":" + server.getAddress().getPort() + "/"));
        try {
            this.browser = command.start();
        } catch (IOException e) {
            server.stop(0);
            delete(profile);
            throw new PageException("The browser " + browser + " cannot be started: " + e.getMessage(), e);
        }
        // On Ctrl-C nothing else would end the browser and delete what it keeps.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    private static PageFile script(String text) {
        return new PageFile("text/javascript; charset=UTF-8", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hooks() {
        return HOOKS.stream()
                .map(name -> name + ": " + resource(name + ".js"))
                .collect(Collectors.joining(",\n", "window.hooks = {\n", "};\n"));
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(PageHost.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] play(byte[] operations, int numbersFrom) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Integer.BYTES + operations.length).order(ByteOrder.LITTLE_ENDIAN);
        byte[] sent = bytes.putInt(numbersFrom).put(operations).array();
        try {
            boolean taken = false;
            for (int second = 0; second < MAX_SECONDS; second++) {
                taken = taken || work.offer(sent, 1, TimeUnit.SECONDS);
                Told answer = taken ? told.poll(1, TimeUnit.SECONDS) : told.poll();
                if (answer != null && answer.failure != null) {
                    throw new PageException("The genuine page in the browser failed: " + answer.failure);
                } else if (answer != null) {
                    return answer.result;
                } else if (!browser.isAlive()) {
                    throw new PageException("The browser ended by itself with status " + browser.exitValue() + ".");
                }
            }
            throw new PageException("The browser told nothing for " + MAX_SECONDS + " s.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PageException("Interrupted.", e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            switch (exchange.getRequestURI().getPath()) {
                case "/work" -> {
                    byte[] next = work.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
                    send(exchange, PageFile.binary(next == null ? new byte[0] : next));
                }
                case "/sines" -> {
                    if (!areSines(body)) {
                        told.put(new Told(body, NO_SUCH_SINE));
                    }
                    exchange.sendResponseHeaders(204, -1);
                }
                case "/result" -> {
                    told.put(new Told(body, null));
                    exchange.sendResponseHeaders(204, -1);
                }
                case "/failed" -> {
                    told.put(new Told(body, new String(body, StandardCharsets.UTF_8)));
                    exchange.sendResponseHeaders(204, -1);
                }
                default -> {
                    PageFile file = files.get(exchange.getRequestURI().getPath());
                    if (file == null) {
                        exchange.sendResponseHeaders(404, -1);
                    } else {
                        send(exchange, file);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, PageFile file) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", file.contentType());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(200, file.content().length == 0 ? -1 : file.content().length);
        exchange.getResponseBody().write(file.content());
    }

    private static boolean areSines(byte[] body) {
        ByteBuffer values = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        boolean equal = body.length == 2 * 2 * SINES * Double.BYTES;
        for (int i = -SINES; equal && i < SINES; i++) {
            double angle = i * SINE_STEP;
            equal = values.getDouble() == StrictMath.sin(angle) && values.getDouble() == StrictMath.cos(angle);
        }
        return equal;
    }

    @Override
    public synchronized void close() {
        if (!Files.exists(profile)) {
            return;
        }
        browser.descendants().forEach(ProcessHandle::destroyForcibly);
        browser.destroyForcibly();
        try {
            browser.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        threads.shutdownNow();
        delete(profile);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.out.println("The folder " + folder + " could not be deleted: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return "Chromium";
    }
}
