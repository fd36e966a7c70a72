package io.github.qwop.game.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.game.TrajectoryHash;
import io.github.qwop.game.twin.Twin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The open page in a real browser: run it with {@code -Pbrowser}, where there is a Chromium. */
@EnabledIf("browserFound")
class OpenPageBrowserTest {

    private static final int FRAMES = 5000;
    private static final int SECONDS = 60;

    /** What probe.js saw, by name. */
    private static Map<String, String> seen = Map.of();

    static boolean browserFound() {
        return Chromium.asked("OpenPageBrowserTest").isPresent();
    }

    @BeforeAll
    static void playInTheBrowser(@TempDir Path folder) throws IOException, InterruptedException {
        OpenPage.writeTo(folder);
        Path index = folder.resolve(OpenPage.INDEX);
        String page = Files.readString(index)
                .replace("<html ", "<html data-frames=\"" + FRAMES + "\" ")
                .replace("<script src=\"kernel.js\">", "<script src=\"probe.js\"></script><script src=\"kernel.js\">");
        Files.writeString(index, page);
        try (InputStream probe = Objects.requireNonNull(OpenPageBrowserTest.class.getResourceAsStream("probe.js"))) {
            Files.copy(probe, folder.resolve("probe.js"));
        }
        seen = report(dump(folder, index));
        assertThat(seen).doesNotContainKey("error").containsKey("hash");
    }

    /** The document as it is after its scripts have run. */
    private static String dump(Path folder, Path index) throws IOException, InterruptedException {
        Path output = folder.resolve("dom.html");
        ProcessBuilder command = Chromium.headless(
                        Chromium.asked("OpenPageBrowserTest").orElseThrow(), folder.resolve("profile"))
                .redirectOutput(output.toFile());
        command.command()
                .addAll(List.of(
                        "--window-size=900,600", "--dump-dom", index.toUri().toString()));
        Process browser = command.start();
        try {
            assertThat(browser.waitFor(SECONDS, TimeUnit.SECONDS))
                    .as("The browser ends within " + SECONDS + " s")
                    .isTrue();
        } finally {
            browser.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static Map<String, String> report(String document) {
        String start = "<pre id=\"report\">";
        assertThat(document).contains(start);
        String report = document.substring(document.indexOf(start) + start.length());
        return report.substring(0, report.indexOf("</pre>"))
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(line -> line[0], line -> line[1]));
    }

    private static double number(String name) {
        return Double.parseDouble(Objects.requireNonNull(seen.get(name), name));
    }

    @Test
    void everyBitOfALongPlayIsTheTwins() {
        Twin twin = new Twin();

        assertThat(seen).containsEntry("hash", String.valueOf(TrajectoryHash.of(twin, twin::reset, FRAMES)));
    }

    @Test
    void theRunnerIsSeen() {
        assertThat(number("shirt.start")).isBetween(0.002, 0.1);
        assertThat(number("shirt.run")).isBetween(0.002, 0.1);
    }

    @Test
    void theTrackPassesByTheRunner() {
        assertThat(number("distance.run")).isGreaterThan(number("distance.start"));
        assertThat(number("startLine.start")).isGreaterThan(0);
        assertThat(number("shirtX.run") - number("startLine.run"))
                .isGreaterThan(number("shirtX.start") - number("startLine.start") + 100);
    }

    @Test
    void restartShowsTheStartAgain() {
        assertThat(seen).containsEntry("heldKeys", "1");
        assertThat(number("startLine.restart")).isEqualTo(number("startLine.start"));
        assertThat(seen.get("distance.restart")).isEqualTo(seen.get("distance.start"));
    }

    @Test
    void aKeyOfAnotherScriptIsHeldAndLetGo() {
        assertThat(seen).containsEntry("heldByPlace", "Q").containsEntry("heldAtLast", "0");
    }

    @Test
    void aFallIsTold() {
        assertThat(seen.get("message")).startsWith("You fell: ");
    }
}
