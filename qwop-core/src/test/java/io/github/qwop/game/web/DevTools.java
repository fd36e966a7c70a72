package io.github.qwop.game.web;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page in a real browser without a window, driven by Chromium's DevTools protocol: keys are pressed as a person does.
 */
public final class DevTools implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://([^/]+)/");
    private static final int SECONDS = 90;

    private final Process browser;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();

    /**
     * Starts a browser with one page.
     *
     * @param program the browser
     * @param profile a folder that it may fill
     * @param address what is opened
     */
    public DevTools(Path program, Path profile, URI address) throws IOException, InterruptedException {
        ProcessBuilder command = Chromium.headless(program, profile).redirectError(ProcessBuilder.Redirect.PIPE);
        command.command().add("--remote-debugging-port=0");
        browser = command.start();
        try {
            HttpClient client = HttpClient.newHttpClient();
            URI opened = URI.create("http://" + listening() + "/json/new?" + address);
            String page = client.send(
                            HttpRequest.newBuilder(opened)
                                    .PUT(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            String debugger = JsonParser.parseString(page)
                    .getAsJsonObject()
                    .get("webSocketDebuggerUrl")
                    .getAsString();
            socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create(debugger), new Answers())
                    .join();
            // A new page is blank and complete before it goes where it is sent.
            String there = "location.href !== 'about:blank' && document.readyState === 'complete'";
            while (!evaluate(there).getAsBoolean()) {
                Thread.onSpinWait();
            }
        } catch (IOException | RuntimeException e) {
            end();
            throw e;
        }
    }

    /** Where the browser can be talked to, which it tells once; what it says after that is read and dropped. */
    private String listening() throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(browser.getErrorStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                Thread drain = new Thread(() -> lines.lines().forEach(dropped -> {}), "devtools-errors");
                drain.setDaemon(true);
                drain.start();
                return listening.group(1);
            }
        }
        throw new IOException("The browser ended before it listened: " + said);
    }

    /**
     * What an expression is in the page, as soon as that is neither false nor empty.
     *
     * @param expression JavaScript; asked for at every picture that the page shows
     */
    public JsonElement await(String expression) {
        return evaluate("new Promise(function (done) { (function look() { var seen = " + expression
                + "; if (seen) { done(seen); } else { requestAnimationFrame(look); } })(); })");
    }

    /** What an expression, or what it promises, is in the page. */
    public JsonElement evaluate(String expression) {
        JsonObject result =
                call("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(expression + " failed in the page: " + result.get("exceptionDetails"));
        }
        return result.getAsJsonObject("result").get("value");
    }

    /** Presses a letter's key, which stays down. */
    public void press(char letter) {
        key("keyDown", letter);
    }

    /** Lets a letter's key go. */
    public void release(char letter) {
        key("keyUp", letter);
    }

    private void key(String type, char letter) {
        call(
                "Input.dispatchKeyEvent",
                Map.of("type", type, "key", String.valueOf(letter), "code", "Key" + Character.toUpperCase(letter)));
    }

    private JsonObject call(String method, Map<String, Object> parameters) {
        int id = calls.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(id, answer);
        String text = new Gson().toJson(Map.of("id", id, "method", method, "params", parameters));
        try {
            socket.sendText(text, true).get(SECONDS, TimeUnit.SECONDS);
            JsonObject told = answer.get(SECONDS, TimeUnit.SECONDS);
            if (told.has("error")) {
                throw new IllegalStateException(method + " was refused: " + told.get("error"));
            }
            return told.getAsJsonObject("result");
        } catch (TimeoutException e) {
            throw new IllegalStateException("No answer within " + SECONDS + " s to " + method + " " + parameters, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(method + " failed.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted.", e);
        }
    }

    /** Ends the browser. */
    @Override
    public void close() {
        socket.abort();
        end();
    }

    private void end() {
        browser.descendants().forEach(ProcessHandle::destroyForcibly);
        browser.destroyForcibly();
        try {
            browser.waitFor(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Puts an answer's pieces together and hands it to who waits for it. */
    private final class Answers implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                JsonObject told = JsonParser.parseString(text.toString()).getAsJsonObject();
                text.setLength(0);
                if (told.has("id")) {
                    CompletableFuture<JsonObject> waiting =
                            answers.remove(told.get("id").getAsInt());
                    if (waiting != null) {
                        waiting.complete(told);
                    }
                }
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }
}
