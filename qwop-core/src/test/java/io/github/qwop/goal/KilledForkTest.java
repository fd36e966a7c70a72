package io.github.qwop.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.random.RandomStream;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.fork.ForkRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fork that is killed at any moment leaves what it takes to go on, and the result is that of an undisturbed run. */
class KilledForkTest {

    private static final int KILLS = 5;

    /** run0 of the examples, shortened. */
    private static final Map<String, String> RUN = Map.ofEntries(
            Map.entry("runId", "run0"),
            Map.entry("seed", "3"),
            Map.entry("totalTimesteps", "48000"),
            Map.entry("nCheckpoints", "48"),
            Map.entry("guard.evalFreq", "8000"),
            Map.entry("guard.evalEpisodes", "2"),
            Map.entry("environment.maxEpisodeSteps", "200"),
            Map.entry("learner.learningRate", "const_0.001"),
            Map.entry("learner.bufferSize", "5000"),
            Map.entry("learner.learningStarts", "2000"),
            Map.entry("learner.batchSize", "64"),
            Map.entry("learner.gamma", "0.997"),
            Map.entry("learner.targetUpdateInterval", "512"),
            Map.entry("learner.explorationInitialEps", "0.2"),
            Map.entry("learner.explorationFinalEps", "0"),
            Map.entry("learner.explorationFraction", "0.3"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void fiveKillsChangeNothing() throws IOException, InterruptedException {
        Path quiet = folder.resolve("quiet");
        Path killed = folder.resolve("killed");
        assertThat(fork(quiet).waitFor()).isZero();
        RandomStream random = RandomStream.of(1, "kills");

        RunDirectory run = new RunDirectory(killed.resolve("run0"));
        int kills = 0;
        String newest = "";
        while (kills < KILLS) {
            Process fork = fork(killed);
            String before = newest;
            while (fork.isAlive() && newest(run).equals(before)) {
                fork.waitFor(5, TimeUnit.MILLISECONDS);
            }
            // Some moment after its first checkpoint: in a step, an update, an evaluation, or the next checkpoint.
            fork.waitFor(random.nextInt(400), TimeUnit.MILLISECONDS);
            assertThat(fork.isAlive())
                    .as("the run is long enough to be killed %d times, and no fork failed", KILLS)
                    .isTrue();
            fork.destroyForcibly().waitFor();
            kills++;
            newest = newest(run);
        }
        assertThat(run.model()).doesNotExist();
        assertThat(fork(killed).waitFor()).isZero();

        System.out.println("Killed " + kills + " times, newest checkpoint at the last kill: " + newest);
        for (String file : List.of("model.zip", "best.zip")) {
            assertThat(killed.resolve("run0").resolve(file))
                    .hasSameBinaryContentAs(quiet.resolve("run0").resolve(file));
        }
        assertThat(section(killed, "parameters")).isEqualTo(section(quiet, "parameters"));
    }

    /** Name of the newest checkpoint, empty if there is none. */
    private static String newest(RunDirectory run) throws IOException {
        List<Path> files = run.checkpointFiles();
        return files.isEmpty() ? "" : files.get(0).getFileName().toString();
    }

    private static byte[] section(Path directory, String name) throws IOException {
        try (ZipFile zip = new ZipFile(directory.resolve("run0/model.zip").toFile());
                InputStream in = zip.getInputStream(zip.getEntry(name))) {
            return in.readAllBytes();
        }
    }

    private Process fork(Path directory) throws IOException {
        Path request = folder.resolve("request.json");
        new ForkRequest("train", directory.toString(), RUN, true).write(request);
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
