package io.github.qwop.run.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.qwop.goal.Goals;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.Silence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any number of threads gives the same model, figures and episodes. */
class ThreadsTest {

    private static final Map<String, String> SHORT = Map.of(
            "totalTimesteps", "3000",
            "nEnvs", "5",
            "environment.actionSet", "distinct",
            "guard.evalFreq", "1500",
            "guard.evalEpisodes", "4",
            "environment.maxEpisodeSteps", "60");

    private static final Map<String, Map<String, String>> OWN = Map.of(
            "qr-dqn",
                    Map.of(
                            "learner.learningStarts", "500",
                            "learner.bufferSize", "2000",
                            "learner.prioritized", "true",
                            "learner.doubleQ", "true",
                            "learner.nStep", "3"),
            "dqn", Map.of("learner.learningStarts", "500", "learner.bufferSize", "2000", "learner.dueling", "true"),
            "ppo", Map.of("learner.nSteps", "100", "learner.batchSize", "50", "learner.netArch", "256,256"),
            "a2c", Map.of("learner.netArch", "32,32"),
            "acer", Map.of("learner.bufferSize", "200", "learner.replayStart", "40"),
            "expert-iteration", Map.of("learner.nSteps", "100", "learner.horizon", "5", "learner.batchSize", "50"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"qr-dqn", "dqn", "ppo", "a2c", "acer", "expert-iteration"})
    void theSameModelWithAnyNumberOfThreads(String algorithm) throws Exception {
        Map<String, String> settings = new HashMap<>(SHORT);
        settings.put("algorithm", algorithm);
        settings.putAll(OWN.getOrDefault(algorithm, Map.of()));
        Map<String, byte[]> expected = new TreeMap<>();
        for (int threads : new int[] {1, 2, 3}) {
            Path runs = folder.resolve(Integer.toString(threads));
            Training.run(runs, RunSpec.of(settings), false, threads, new Silence(), () -> false);
            Goals.run(
                    "evaluate",
                    runs,
                    Map.of("episodes", "7", "threads", Integer.toString(threads)),
                    new Silence(),
                    () -> false);
            RunDirectory run = new RunDirectory(runs.resolve("qwop"));
            Map<String, byte[]> found = new TreeMap<>(sections(run.model()));
            JsonObject evaluation =
                    JsonParser.parseString(Files.readString(run.evaluation())).getAsJsonObject();
            // Its date is another each time.
            evaluation.remove("provenance");
            found.put("evaluation", evaluation.toString().getBytes(StandardCharsets.UTF_8));
            if (threads == 1) {
                expected.putAll(found);
            }
            assertThat(found.keySet()).isEqualTo(expected.keySet()).contains("policy", "evaluation");
            found.forEach((name, bytes) -> assertThat(Arrays.equals(bytes, expected.get(name)))
                    .as("%s with %d threads", name, threads)
                    .isTrue());
        }
    }

    private static Map<String, byte[]> sections(Path file) throws IOException {
        Map<String, byte[]> sections = new TreeMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                sections.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return sections;
    }
}
