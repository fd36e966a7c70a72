package io.github.qwop.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.fork.ForkMessage;
import io.github.qwop.run.fork.ForkRequest;
import io.github.qwop.run.fork.ForkedJvm;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training's fork that is asked to stop ends with a checkpoint and says how to go on, whoever asks. */
class StoppedForkTest {

    private static final Map<String, String> RUN = Map.ofEntries(
            Map.entry("runId", "stopped"),
            Map.entry("totalTimesteps", "10000000"),
            Map.entry("nCheckpoints", "1"),
            Map.entry("learner.bufferSize", "5000"),
            Map.entry("learner.learningStarts", "1000"),
            Map.entry("learner.nQuantiles", "10"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void anInterruptedCallerStopsIt() throws IOException {
        List<Path> classPath = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
        Thread caller = Thread.currentThread();

        assertThatThrownBy(() -> new ForkedJvm(java(), classPath, List.of(), Map.of()).run(request(), message -> {
                    if (message instanceof ForkMessage.Progress) {
                        caller.interrupt();
                    }
                }))
                .isInstanceOf(InterruptedException.class);

        // Clears what a late message may have set again.
        Thread.interrupted();
        assertThat(new RunDirectory(folder.resolve("stopped")).checkpointFiles())
                .hasSize(1);
    }

    @Test
    void aSignalStopsIt() throws IOException, InterruptedException {
        Process fork = fork(request());
        assumeThat(fork.supportsNormalTermination())
                .as("this system can ask a process to end")
                .isTrue();
        String last = "";
        try (BufferedReader lines = fork.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (ForkMessage.fromLine(line).orElse(null) instanceof ForkMessage.Progress) {
                    // As a terminal's Ctrl-C does, which reaches the fork as well as Maven. By its handle: a process's
                    // own
                    // destroy() would close the streams too.
                    fork.toHandle().destroy();
                }
                last = line;
            }
        }
        fork.waitFor();

        assertThat(ForkMessage.fromLine(last)).hasValueSatisfying(message -> assertThat(message)
                .isInstanceOfSatisfying(ForkMessage.Stopped.class, stopped -> assertThat(stopped.summary())
                        .matches("Training of stopped stopped at [\\d,]+ of 10,000,000 steps;"
                                + " run the same command again to go on from there\\.")));
        assertThat(new RunDirectory(folder.resolve("stopped")).checkpointFiles())
                .hasSize(1);
    }

    /** What has nothing to go on from is not waited for: this one would measure for minutes. */
    @Test
    void theOthersEndAtOnce() throws IOException, InterruptedException {
        Map<String, String> settings = Map.of("seconds", "30", "page", "false");
        Process fork = fork(new ForkRequest("benchmark", folder.toString(), settings, false));
        List<String> heard = new ArrayList<>();
        try (BufferedReader lines = fork.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                heard.add(line);
                // As Maven does, whose end is this input's end.
                fork.getOutputStream().close();
            }
        }

        assertThat(fork.waitFor()).isEqualTo(143);
        assertThat(heard)
                .isNotEmpty()
                .allMatch(line -> ForkMessage.fromLine(line).orElse(null) instanceof ForkMessage.Log);
    }

    private Process fork(ForkRequest request) throws IOException {
        Path file = folder.resolve("request.json");
        request.write(file);
        return new ProcessBuilder(
                        java().toString(),
                        "-Dai.djl.offline=true",
                        "-Dai.djl.pytorch.num_threads=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ForkMain.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private ForkRequest request() {
        return new ForkRequest("train", folder.toString(), RUN, true);
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}
