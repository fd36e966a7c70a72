package io.github.qwop.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.qwop.env.RecordingFormat;
import io.github.qwop.run.GateException;
import io.github.qwop.run.Notes;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.settings.SettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What late and lost keys do to the committed policy, in episodes of 100 decisions. */
class SensitivityGoalTest {

    private static final Map<String, String> SHORT = Map.of(
            "policy",
            Path.of("..", "examples", "record-10m", "policy.onnx").toString(),
            "episodes",
            "6",
            "environment.maxEpisodeSteps",
            "100");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private RunDirectory run;

    private final Notes notes = new Notes();

    @BeforeEach
    void name() {
        run = new RunDirectory(folder.resolve("qwop"));
    }

    private Map<String, Double> goal(String goal, String... more) throws Exception {
        Map<String, String> settings = new HashMap<>(SHORT);
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return Goals.run(goal, folder, settings, notes, () -> false).data();
    }

    private JsonObject written() throws Exception {
        JsonObject written =
                JsonParser.parseString(Files.readString(run.sensitivity())).getAsJsonObject();
        written.remove("provenance");
        return written;
    }

    @Test
    void eachDisturbanceIsAnEvaluationWithItAlone() throws Exception {
        goal("sensitivity", "environment.keyDelay", "9");
        assertThat(notes.warnings())
                .containsExactly("The environment has key delay 9, jitter 0, dropped 0.0, which is passed over: each"
                        + " disturbance is measured by itself.");
        List<JsonObject> points = written().getAsJsonArray("points").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();

        assertThat(points)
                .extracting(point -> point.get("setting").getAsString() + " "
                        + point.get("value").getAsDouble())
                .containsExactly(
                        "keyDelay 0.0",
                        "keyDelay 1.0",
                        "keyDelay 2.0",
                        "keyDelay 3.0",
                        "keyDelay 4.0",
                        "keyJitter 1.0",
                        "keyJitter 2.0",
                        "keyJitter 4.0",
                        "dropped 0.01",
                        "dropped 0.02",
                        "dropped 0.05",
                        "dropped 0.1");
        for (int i : new int[] {0, 2, 7, 11}) {
            JsonObject point = points.get(i);
            String value = point.get("value").getAsString().replaceFirst("\\.0$", "");
            Map<String, Double> alone =
                    goal("evaluate", "environment." + point.get("setting").getAsString(), value);
            assertThat(point.get("meanDistance").getAsDouble()).isEqualTo(alone.get("meanDistance"));
        }
    }

    @Test
    void theOutcomeDoesNotDependOnThreads() throws Exception {
        goal("sensitivity", "threads", "1");
        JsonObject one = written();
        goal("sensitivity", "threads", "3");
        assertThat(written()).isEqualTo(one);
        goal("sensitivity", "seed", "2");
        assertThat(written()).isNotEqualTo(one);
    }

    @Test
    void aSlipGrows() throws Exception {
        goal("sensitivity");
        JsonObject slips = written().getAsJsonObject("slips");
        List<JsonObject> gaps = slips.getAsJsonArray("gaps").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();

        assertThat(slips.get("episodes").getAsInt()).isBetween(4, 6);
        assertThat(gaps.get(0).get("high").getAsDouble()).isPositive().isLessThan(0.05);
        assertThat(gaps.get(15).get("high").getAsDouble())
                .isGreaterThan(10 * gaps.get(0).get("high").getAsDouble());
        assertThat(gaps)
                .allMatch(gap ->
                        gap.get("median").getAsDouble() <= gap.get("high").getAsDouble());
    }

    /** A gate holds what is played, which is what the environment says; its recordings replay and certify. */
    @Test
    void aGateOfAPerturbedEvaluationFallsForThatPlay() throws Exception {
        goal("evaluate", "gate.minMeanDistance", "10");
        assertThatThrownBy(() -> goal("evaluate", "gate.minMeanDistance", "10", "environment.keyDelay", "12"))
                .isInstanceOf(GateException.class)
                .hasMessageContaining("minMeanDistance");

        assertThat(RecordingFormat.read(Files.readString(run.bestRecording())).framesPerStep())
                .isEqualTo(1);
        assertThat(Goals.run("replay", folder, Map.of(), new Notes(), () -> false)
                        .sentence())
                .startsWith("Replayed best.qwop: ");
        assertThat(Goals.run("certify", folder, Map.of(), new Notes(), () -> false)
                        .sentence())
                .contains("every number equal to the twin's");
    }

    @Test
    void badValuesAreRefused() {
        assertThatThrownBy(() -> goal("sensitivity", "episodes", "0"))
                .isInstanceOf(SettingException.class)
                .hasMessage("sensitivity.episodes is 0: give 1 to 10000, 50 is usual.");
        assertThatThrownBy(() -> goal("sensitivity", "environment.maxEpisodeSteps", "0"))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("environment.maxEpisodeSteps is 0");
        assertThatThrownBy(() -> goal("evaluate", "environment.dropped", "1"))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("environment.dropped is 1.0: give the share of decisions that are lost");
    }
}
