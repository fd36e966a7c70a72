package io.github.qwop.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.game.Keys;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.play.Replayer;
import io.github.qwop.run.Notes;
import io.github.qwop.run.RecordingFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the runs that the page of the goal {@code play} hands over; a stand-in sends them. */
class PlayedRunsTest {

    private static final Pattern ADDRESS = Pattern.compile("at (http\\S+) - runs are saved in ");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Notes notes = new Notes();

    private static byte[] dive() {
        byte[] keys = new byte[47];
        Arrays.fill(keys, (byte) Keys.O);
        return keys;
    }

    /** Plays runs one after another on one page. */
    private List<String> answers(int runs) throws Exception {
        List<String> answers = new ArrayList<>();
        Goals.run("play", folder, Map.of(), notes, () -> {
            Matcher address = ADDRESS.matcher(notes.infos().get(0));
            if (!address.find()) {
                throw new IllegalStateException(notes.toString());
            }
            for (int i = 0; i < runs; i++) {
                answers.add(send(URI.create(address.group(1))));
            }
            return true;
        });
        return answers;
    }

    private static String send(URI page) {
        HttpRequest played = HttpRequest.newBuilder(page.resolve("played"))
                .header("Origin", "http://" + page.getAuthority())
                .POST(HttpRequest.BodyPublishers.ofByteArray(dive()))
                .build();
        return HttpClient.newHttpClient()
                .sendAsync(played, BodyHandlers.ofString())
                .join()
                .body();
    }

    @Test
    void eachIsSavedBesideTheOthersAndTold() throws Exception {
        Twin twin = new Twin();
        twin.step(Keys.O, 47);

        assertThat(answers(2)).containsExactly("Saved as played/run-1.qwop.", "Saved as played/run-2.qwop.");

        Path first = folder.resolve("played").resolve("run-1.qwop");
        Twin again = new Twin();
        Replayer.play(RecordingFile.read(first), again);
        assertThat(again.torsoX()).isEqualTo(twin.torsoX());
        assertThat(again.scoreTime()).isEqualTo(twin.scoreTime());
        assertThat(notes.infos())
                .hasSize(3)
                .anyMatch(told -> told.equals("Saved " + first + ": 0.51 m in 1.6 s of play."));
    }

    @Test
    void whereNothingCanBeWrittenThePlayerIsTold() throws Exception {
        Path inTheWay = Files.writeString(folder.resolve("played"), "a file");

        assertThat(answers(1).get(0))
                .startsWith("The run cannot be saved in " + inTheWay + " (")
                .endsWith("): make room, or set outputDirectory to a folder that can be written.");
        assertThat(notes.warnings()).hasSize(1);
        assertThat(inTheWay).hasContent("a file");
    }
}
