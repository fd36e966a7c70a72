package io.github.qwop.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.random.RandomStream;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.fork.ForkRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fork that is killed at any moment leaves what it takes to go on, and the result is that of an undisturbed run. */
class KilledForkTest {

    /** More than in a build with {@code -Dqwop.kills=100}. */
    private static final int KILLS = Integer.getInteger("qwop.kills", 3);

    /** Long enough for the kills to lie apart. */
    private static final int STEPS = Math.max(48_000, 4_000 * KILLS);

    private static final int STEPS_OF_A_CHECKPOINT = 1000;
    private static final Pattern STEPS_OF_A_FILE = Pattern.compile("model_(\\d+)_steps[.]zip");

    private static final Map<String, String> ALL = Map.of(
            "runId", "run",
            "seed", "3",
            "totalTimesteps", Integer.toString(STEPS),
            "nCheckpoints", Integer.toString(STEPS / STEPS_OF_A_CHECKPOINT),
            "guard.evalFreq", "8000",
            "guard.evalEpisodes", "2",
            "environment.maxEpisodeSteps", "200");

    /** run0 of the examples, shortened. */
    private static final Map<String, String> RUN_0 = Map.ofEntries(
            Map.entry("learner.learningRate", "const_0.001"),
            Map.entry("learner.bufferSize", "5000"),
            Map.entry("learner.learningStarts", "2000"),
            Map.entry("learner.batchSize", "64"),
            Map.entry("learner.gamma", "0.997"),
            Map.entry("learner.targetUpdateInterval", "512"),
            Map.entry("learner.explorationInitialEps", "0.2"),
            Map.entry("learner.explorationFinalEps", "0"),
            Map.entry("learner.explorationFraction", "0.3"));

    private static final Map<String, String> PPO = Map.of(
            "algorithm", "ppo",
            "nEnvs", "4",
            "learner.nSteps", "125",
            "learner.batchSize", "100");

    /** Those of {@link #ALL}, and a learner's. */
    private static Map<String, String> settings(Map<String, String> own) {
        Map<String, String> settings = new HashMap<>(ALL);
        settings.putAll(own);
        return settings;
    }

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aKilledQrDqnRunEndsAsAnUndisturbedOne() throws IOException, InterruptedException {
        killsChangeNothing(settings(RUN_0));
    }

    @Test
    void aKilledPpoRunEndsAsAnUndisturbedOne() throws IOException, InterruptedException {
        killsChangeNothing(settings(PPO));
    }

    /** Kills it at moments that are spread over its whole length. */
    private void killsChangeNothing(Map<String, String> settings) throws IOException, InterruptedException {
        Path quiet = folder.resolve("quiet");
        Path killed = folder.resolve("killed");
        assertThat(fork(quiet, settings).waitFor()).isZero();
        RandomStream random = RandomStream.of(1, "kills");

        RunDirectory run = new RunDirectory(killed.resolve("run"));
        List<Integer> moments = new ArrayList<>();
        while (moments.size() < KILLS) {
            int least = (int) ((long) STEPS * moments.size() / KILLS);
            Process fork = fork(killed, settings);
            while (fork.isAlive() && newest(run) <= least) {
                fork.waitFor(5, TimeUnit.MILLISECONDS);
            }
            // Some moment after that checkpoint: in a step, an update, an evaluation, or the next checkpoint.
            fork.waitFor(random.nextInt(250), TimeUnit.MILLISECONDS);
            assertThat(fork.isAlive())
                    .as("the run is long enough to be killed %d times, and no fork failed", KILLS)
                    .isTrue();
            fork.destroyForcibly().waitFor();
            moments.add(newest(run));
        }
        assertThat(run.model()).doesNotExist();
        assertThat(fork(killed, settings).waitFor()).isZero();

        System.out.println("Killed " + KILLS + " times in " + STEPS + " steps; newest checkpoints then: " + moments);
        for (String file : List.of("model.zip", "best.zip")) {
            assertThat(killed.resolve("run").resolve(file))
                    .hasSameBinaryContentAs(quiet.resolve("run").resolve(file));
        }
        assertThat(section(killed, "parameters")).isEqualTo(section(quiet, "parameters"));
    }

    /** Steps of the newest checkpoint, 0 if there is none. */
    private static int newest(RunDirectory run) throws IOException {
        List<Path> files = run.checkpointFiles();
        if (files.isEmpty()) {
            return 0;
        }
        Matcher name = STEPS_OF_A_FILE.matcher(files.get(0).getFileName().toString());
        assertThat(name.matches()).isTrue();
        return Integer.parseInt(name.group(1));
    }

    private static byte[] section(Path directory, String name) throws IOException {
        try (ZipFile zip = new ZipFile(directory.resolve("run/model.zip").toFile());
                InputStream in = zip.getInputStream(zip.getEntry(name))) {
            return in.readAllBytes();
        }
    }

    private Process fork(Path directory, Map<String, String> settings) throws IOException {
        Path request = folder.resolve("request.json");
        new ForkRequest("train", directory.toString(), settings, true).write(request);
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dai.djl.offline=true",
                        "-Dai.djl.pytorch.num_threads=1",
                        "-Dai.djl.pytorch.num_interop_threads=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ForkMain.class.getName(),
                        request.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("fork.log").toFile())
                .start();
    }
}
