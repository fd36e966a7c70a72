package io.github.qwop.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.qwop.env.ActionSet;
import io.github.qwop.env.Recording;
import io.github.qwop.env.RecordingFormat;
import io.github.qwop.env.Split;
import io.github.qwop.run.Notes;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A policy that sees limbs from the torso, and may press all that differs, comes through every goal. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelativeGoalsTest {

    private static final Map<String, String> TRAINING = Map.ofEntries(
            Map.entry("algorithm", "ppo"),
            Map.entry("totalTimesteps", "2000"),
            Map.entry("nEnvs", "2"),
            Map.entry("environment.observation", "relative"),
            Map.entry("environment.actionSet", "distinct"),
            Map.entry("environment.maxEpisodeSteps", "40"),
            Map.entry("learner.nSteps", "100"),
            Map.entry("learner.netArch", "16"),
            Map.entry("guard.evalFreq", "1000"),
            Map.entry("guard.evalEpisodes", "2"));

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private RunDirectory run;

    @BeforeAll
    void train(@TempDir Path runs) throws Exception {
        folder = runs;
        run = new RunDirectory(folder.resolve("qwop"));
        Outcome done = Goals.run("train", folder, TRAINING, new Notes(), () -> false);

        assertThat(done.sentence()).startsWith("Trained qwop: 2,000 steps");
        assertThat(run.savedSettings().orElseThrow())
                .containsEntry("environment.observation", "relative")
                .containsEntry("environment.actionSet", "distinct");
    }

    private String goal(String goal, Map<String, String> settings) throws Exception {
        return goal(goal, settings, new Notes(), () -> false);
    }

    private String goal(String goal, Map<String, String> settings, Notes notes, BooleanSupplier stop) throws Exception {
        return Goals.run(goal, folder, settings, notes, stop).sentence();
    }

    private JsonObject evaluation() throws IOException {
        return JsonParser.parseString(Files.readString(run.evaluation())).getAsJsonObject();
    }

    /** Distances of an evaluation, in the order of its episodes. */
    private List<Double> evaluate(Map<String, String> own) throws Exception {
        Map<String, String> settings = new HashMap<>(own);
        settings.put("episodes", "2");
        goal("evaluate", settings);
        JsonObject written = evaluation();
        assertThat(written.getAsJsonObject("environment").get("observation").getAsString())
                .isEqualTo("relative");
        return written.getAsJsonArray("episodes").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(episode -> episode.get("distance").getAsDouble())
                .toList();
    }

    @Test
    void evaluateOnTheOpenPageIsAsOnTheTwin() throws Exception {
        List<Double> twin = evaluate(Map.of());

        assertThat(twin).hasSize(2).doesNotHaveDuplicates();
        assertThat(evaluate(Map.of("game", "page", "processes", "1"))).isEqualTo(twin);
    }

    @Test
    @EnabledIf("io.github.qwop.game.page.GenuineGameTest#genuineFolderGiven")
    void evaluateOnTheGenuinePageIsAsOnTheTwin() throws Exception {
        Map<String, String> genuine =
                Map.of("game", "genuine", "genuine", System.getProperty("qwop.genuine"), "processes", "1");

        assertThat(evaluate(genuine)).isEqualTo(evaluate(Map.of()));
    }

    @Test
    void certifyFindsEveryNumberEqual() throws Exception {
        evaluate(Map.of());

        assertThat(goal("certify", Map.of())).contains("every number equal to the twin's");
    }

    @Test
    void recordKeepsWhatReplayShows() throws Exception {
        goal("record", Map.of("episodes", "2", "recordings", "1"));

        Path file = run.recorded().resolve("rank-1.qwop");
        Recording recording = RecordingFormat.read(Files.readString(file));
        assertThat(recording.actionSet()).isEqualTo(ActionSet.DISTINCT);
        assertThat(recording.split()).isEqualTo(Split.VALIDATION);
        assertThat(goal("replay", Map.of("recording", file.toString()))).startsWith("Replayed rank-1.qwop: ");
        assertThat(run.recorded().resolve("rank-1.html")).isNotEmptyFile();
        assertThat(run.recorded().resolve("rank-1.gif")).isNotEmptyFile();
    }

    @Test
    void aFileInTheWayOfRecordingsIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("taken"), "");
        for (Path wanted : List.of(file, file.resolve("deeper"))) {
            assertThatThrownBy(() -> goal("record", Map.of("directory", wanted.toString())))
                    .isInstanceOf(SettingException.class)
                    .hasMessage("record.directory is " + wanted + ", and " + file
                            + " is a file: move it away, or give another folder.");
        }
    }

    @Test
    void watchPlaysThePolicy() throws Exception {
        Notes notes = new Notes();

        String done = goal("watch", Map.of("speed", "100"), notes, () -> notes.infos().stream()
                .anyMatch(told -> told.contains(" m after ")));

        assertThat(done).isEqualTo("The page is closed.");
        assertThat(notes.infos()).anyMatch(told -> told.matches("-?\\d\\.\\d\\d m after \\d\\.\\d s of play\\."));
    }

    @Test
    void exportedItActsTheSame() throws Exception {
        Notes notes = new Notes();

        goal("export-onnx", Map.of(), notes, () -> false);

        assertThat(notes.infos())
                .anyMatch(told -> told.contains("on 1000 observations") && told.endsWith("0 actions differ."));
        assertThat(evaluate(Map.of("policy", run.onnx().toString(), "runId", "qwop")))
                .isEqualTo(evaluate(Map.of()));
    }

    @Test
    void reportSaysWhatThePolicySees() throws Exception {
        evaluate(Map.of());

        goal("report", Map.of());

        assertThat(run.report()).content().contains("observation</th><td class=\"number words\">relative<wbr/></td>");
    }
}
