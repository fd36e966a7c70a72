package io.github.qwop.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.run.Notes;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report that is looked at while its training is at work. */
class FollowedReportTest {

    private static final Pattern ADDRESS = Pattern.compile("at (http\\S+) - stop with Ctrl-C");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Notes notes = new Notes();

    @SuppressWarnings("NullAway.Init")
    private RunDirectory run;

    @BeforeEach
    void begin() throws IOException {
        run = new RunDirectory(folder.resolve("r"));
        run.begin(Map.of("runId", "r"), Map.of());
        row(1000, 11.5);
    }

    private void row(int steps, double distance) throws IOException {
        Files.writeString(
                run.path().resolve("metrics.jsonl"),
                "{\"time/total_timesteps\":" + steps + ",\"time/time_elapsed\":60.0,\"eval/distance\":" + distance
                        + ",\"eval/best_score\":" + distance + "}\n");
    }

    private String get(String path) {
        Matcher address = ADDRESS.matcher(notes.infos().get(0));
        assertThat(address.find()).isTrue();
        return HttpClient.newHttpClient()
                .sendAsync(
                        HttpRequest.newBuilder(URI.create(address.group(1)).resolve(path))
                                .build(),
                        BodyHandlers.ofString())
                .join()
                .body();
    }

    @Test
    void showsWhatIsNewAndIsWrittenInTheEnd() throws Exception {
        List<String> seen = new ArrayList<>();
        List<String> versions = new ArrayList<>();
        // Asked every now and then, as a browser would.
        Outcome done = Goals.run("report", folder, Map.of("runId", "r", "follow", "true"), notes, () -> {
            try {
                versions.add(get("version"));
                seen.add(get("./"));
                if (seen.size() == 1) {
                    row(2000, 77.5);
                }
                return seen.get(seen.size() - 1).contains("77.5");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(seen.get(0)).contains("11.5 m").contains("window.fetch(\"version\")");
        assertThat(versions).as("one for each state").hasSizeGreaterThan(1);
        assertThat(versions.get(0)).isNotEqualTo(versions.get(versions.size() - 1));
        assertThat(done.sentence())
                .isEqualTo("The report on r is written: " + run.report() + ". The log of 1 run: "
                        + folder.resolve("index.html") + ".");
        assertThat(run.report()).content().contains("77.5").doesNotContain("window.fetch");
    }

    @Test
    void isRefusedWhereNothingCanBeFollowed() throws Exception {
        assertThatThrownBy(
                        () -> Goals.run("report", folder, Map.of("runId", "no", "follow", "true"), notes, () -> true))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("There is no run in ");
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(busy.getLocalPort());
            assertThatThrownBy(() -> Goals.run(
                            "report", folder, Map.of("runId", "r", "follow", "true", "port", port), notes, () -> true))
                    .isInstanceOf(SettingException.class)
                    .hasMessageEndingWith("): choose another, or 0 for any free one.");
        }
    }

    @Test
    void theLogOfAllRunsIsWrittenBesideThem() throws Exception {
        new RunDirectory(folder.resolve("other")).begin(Map.of("runId", "other"), Map.of());
        Outcome done = Goals.run("report", folder, Map.of("runId", "r"), notes, () -> false);
        Path index = folder.resolve("index.html");
        assertThat(done.sentence())
                .isEqualTo("The report on r is written: " + run.report() + ". The log of 2 runs: " + index + ".");
        assertThat(index).content().contains("href=\"r/report.html\"");
        assertThat(folder.resolve("index.md")).content().contains("## other");

        Files.writeString(index, "my own page");
        assertThat(Goals.run("report", folder, Map.of("runId", "r"), notes, () -> false)
                        .sentence())
                .contains("The log of all runs is not written, because " + index + " is something else");
        assertThat(index).hasContent("my own page");
    }
}
