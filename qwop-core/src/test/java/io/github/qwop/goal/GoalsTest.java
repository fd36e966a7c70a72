package io.github.qwop.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.run.Notes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoalsTest {

    private static final Map<String, String> SHORT = Map.of(
            "totalTimesteps", "40",
            "nEnvs", "2",
            "guard.evalFreq", "40",
            "guard.evalEpisodes", "1",
            "environment.maxEpisodeSteps", "20",
            "learner.netArch", "8");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Notes notes = new Notes();

    private String train(Map<String, String> own) throws Exception {
        Map<String, String> settings = new HashMap<>(SHORT);
        settings.putAll(own);
        Goals.run("train", folder, settings, notes, () -> false);
        return Files.readString(folder.resolve("qwop/spec.json"));
    }

    @Test
    void tellsWhyAPomWithoutAnAlgorithmLearnsWithQrDqn() throws Exception {
        assertThat(train(Map.of("learner.learningStarts", "20"))).contains("\"algorithm\": \"qr-dqn\"");
        assertThat(notes.infos())
                .contains(
                        "No algorithm is named, and learner.learningStarts is nothing to ppo, the default: the algorithm is"
                                + " qr-dqn. Name it to be sure.");
    }

    @Test
    void saysNothingOfItWherePpoIsMeant() throws Exception {
        assertThat(train(Map.of("learner.nSteps", "10"))).contains("\"algorithm\": \"ppo\"");
        assertThat(notes.infos()).noneMatch(note -> note.contains("No algorithm"));
    }
}
