package io.github.qwop.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.env.Recording;
import io.github.qwop.env.RecordingFormat;
import io.github.qwop.game.Keys;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.game.web.Chromium;
import io.github.qwop.game.web.DevTools;
import io.github.qwop.play.KeySequence;
import io.github.qwop.play.Replayer;
import io.github.qwop.run.RecordingFile;
import io.github.qwop.run.RunListener;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A person's race against a ghost in a real browser: run it with {@code -Pbrowser}, where there is a Chromium. */
@EnabledIf("browserFound")
class RaceBrowserTest {

    private static final int SECONDS = 60;

    /** How many pixels of the picture have the ghost's colour. */
    private static final String GHOSTLY = "(function () {"
            + " var canvas = document.getElementById('view');"
            + " var data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;"
            + " var count = 0;"
            + " for (var i = 0; i < data.length; i += 4) {"
            + "   count += data[i] === 0x7f && data[i + 1] === 0x97 && data[i + 2] === 0xa8 ? 1 : 0; }"
            + " return count; })()";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final AtomicBoolean stop = new AtomicBoolean();

    @SuppressWarnings("NullAway.Init")
    private CompletableFuture<String> play;

    @SuppressWarnings("NullAway.Init")
    private Path ghost;

    static boolean browserFound() {
        return Chromium.asked("RaceBrowserTest").isPresent();
    }

    @BeforeEach
    void serve() throws Exception {
        byte[] leap = new byte[40];
        Arrays.fill(leap, 0, 20, (byte) (Keys.Q | Keys.P));
        ghost = Files.writeString(
                folder.resolve("leap.qwop"),
                RecordingFormat.write(new KeySequence(leap, Trigonometry.GLIBC).recording()));
        play = CompletableFuture.supplyAsync(() -> {
            try {
                return Goals.run("play", folder, Map.of("ghost", ghost.toString()), new Queued(told), stop::get)
                        .sentence();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @AfterEach
    void end() throws Exception {
        stop.set(true);
        assertThat(play.get(SECONDS, TimeUnit.SECONDS)).isEqualTo("The page is closed.");
    }

    private record Queued(BlockingQueue<String> told) implements RunListener {

        @Override
        public void info(String text) {
            told.add(text);
        }

        @Override
        public void warn(String text) {
            told.add(text);
        }

        @Override
        public void progress(long steps, long totalSteps, double stepsPerSecond, Map<String, Double> values) {}
    }

    private String heard() throws InterruptedException {
        return Objects.requireNonNull(told.poll(SECONDS, TimeUnit.SECONDS), "nothing was told");
    }

    private DevTools open(URI address) throws Exception {
        return new DevTools(
                Chromium.asked("RaceBrowserTest").orElseThrow(), Files.createTempDirectory(folder, "profile"), address);
    }

    private URI address() throws InterruptedException {
        String line = heard();
        Matcher address = Pattern.compile("against (leap, .*, glibc's sine) at (http\\S+) - runs are saved in ")
                .matcher(line);
        assertThat(address.find()).as(line).isTrue();
        return URI.create(address.group(2));
    }

    private static String text(DevTools page, String id) {
        return page.evaluate("document.getElementById('" + id + "').textContent")
                .getAsString();
    }

    /** Shuffles for a while, and then dives. */
    private static String run(DevTools page) {
        page.press('w');
        page.press('o');
        page.await("qwop.state[61] > 0.6");
        page.release('w');
        page.release('o');
        page.press('q');
        page.press('p');
        page.await("qwop.state[61] > 1.1");
        page.release('q');
        page.release('p');
        page.press('o');
        String message = page.await("(function (text) { return text.indexOf('Saved as') > 0 && text; })"
                        + "(document.getElementById('message').textContent)")
                .getAsString();
        page.release('o');
        return message;
    }

    private static void restart(DevTools page) {
        page.press('r');
        page.release('r');
        page.await("qwop.state[61] < 0.2 && document.getElementById('message').textContent.indexOf('Saved') < 0");
    }

    @Test
    void whatWasPlayedIsSavedReplaysAndCertifies() throws Exception {
        try (DevTools page = open(address())) {
            page.await("document.getElementById('message').textContent.indexOf('You race leap, ') === 0");
            page.evaluate("new Promise(function (done) { var left = 20;"
                    + " (function look() { left-- ? requestAnimationFrame(look) : done(); })(); })");
            assertThat(text(page, "time")).isEqualTo("0.0");
            assertThat(page.evaluate(GHOSTLY).getAsInt())
                    .as("at the start the ghost stands behind the runner")
                    .isLessThan(200);

            page.press('p');
            page.await("qwop.state[61] > 0.5");
            page.release('p');
            assertThat(page.evaluate(GHOSTLY).getAsInt()).as("a ghost is seen").isGreaterThan(1000);
            restart(page);
            String message = run(page);

            assertThat(message)
                    .matches("You fell: -?\\d+\\.\\d m, .* the ghost\\. Saved as played/run-1\\.qwop\\. R, space or.*");
            String distance = text(page, "distance");
            Path file = folder.resolve("played").resolve("run-1.qwop");
            Recording saved = RecordingFile.read(file);
            assertThat(saved.framesPerStep()).isEqualTo(1);
            assertThat(heard()).startsWith("Saved " + file + ": ");
            Twin twin = new Twin();
            Replayer.play(saved, twin);
            assertThat(twin.gameEnded()).isTrue();
            assertThat(distance).isEqualTo(String.format("%.1f", twin.score()));
            assertThat(text(page, "time")).isEqualTo(String.format("%.1f", twin.scoreTime()));
            assertThat(goal("certify", Map.of("recording", file.toString(), "processes", "1")))
                    .contains("every number equal to the twin's");

            restart(page);
            assertThat(run(page)).contains("Saved as played/run-2.qwop.");
            assertThat(RecordingFile.read(file)).isEqualTo(saved);
            assertThat(page.evaluate(
                                    "performance.getEntriesByType('resource').filter(function (one) {"
                                            + " return one.responseStatus !== 200; }).map(function (one) { return one.name; }).join()")
                            .getAsString())
                    .as("what was asked for in vain")
                    .isEmpty();
        }
        assertThat(goal("replay", Map.of("recording", ghost.toString(), "ghost", ghost.toString())))
                .contains(", beside leap, ");
        URI player = URI.create(folder.resolve("leap.html").toUri() + "#update=30");
        try (DevTools page = open(player)) {
            page.await("document.getElementById('lead') && document.getElementById('lead').textContent");
            assertThat(text(page, "lead")).isEqualTo("level with");
            assertThat(text(page, "ghost")).startsWith("the ghost at ");
        }
    }

    private String goal(String goal, Map<String, String> settings) throws Exception {
        return Goals.run(goal, folder, settings, new Queued(new LinkedBlockingQueue<>()), () -> false)
                .sentence();
    }
}
