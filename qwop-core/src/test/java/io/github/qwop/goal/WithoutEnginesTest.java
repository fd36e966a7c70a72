package io.github.qwop.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.run.Notes;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who only acts needs no PyTorch, and ONNX Runtime only to check an export. */
class WithoutEnginesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void onlyWhatLearnsAsksForPyTorch() {
        assertThat(Goals.ALL.stream().filter(Goal::needsEngine).map(Goal::name))
                .containsExactlyInAnyOrder("train", "sweep", "benchmark");
    }

    @Test
    void actsAndExportsWithoutPyTorch() throws IOException, InterruptedException {
        assertThat(program("pytorch"))
                .contains("Evaluation of ", "Recorded the best 1 of 2", "The page is closed.", "Exported policy.zip")
                .contains("ONNX Runtime against the learner's network on 1000 observations")
                .doesNotContain("unchecked");
    }

    @Test
    void exportsUncheckedWithoutOnnxRuntime() throws IOException, InterruptedException {
        assertThat(program("pytorch", "-Donnxruntime.native.path=" + folder))
                .contains("Evaluation of ", "Recorded the best 1 of 2", "The page is closed.")
                .contains("The exported file is not checked: ONNX Runtime does not start through DJL (")
                .containsPattern("Exported policy\\.zip of .* bytes, unchecked\\.");
        assertThat(folder.resolve("runs/qwop/policy.onnx")).isRegularFile();
    }

    /** What a program prints that runs without jars whose names begin so, a pattern. */
    private String program(String missing, String... options) throws IOException, InterruptedException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().matches(missing + ".*"))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-Dai.djl.offline=true",
                "-DDJL_CACHE_DIR=" + folder.resolve("cache"),
                "-cp",
                classPath,
                Program.class.getName(),
                folder.resolve("runs").toString()));
        Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        program.waitFor();
        assertThat(folder.resolve("cache")).as("unpacked libraries").doesNotExist();
        return said;
    }

    /** Does all that a policy is needed for, and says what came of it. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws Exception {
            Path runs = Path.of(arguments[0]);
            String policy = "../examples/ci-gate/policy.zip";
            Notes notes = new Notes();
            for (Map.Entry<String, Map<String, String>> goal : List.of(
                    Map.entry("evaluate", Map.of("policy", policy, "episodes", "2")),
                    Map.entry("record", Map.of("policy", policy, "episodes", "2", "recordings", "1")),
                    Map.entry("watch", Map.of("policy", policy, "speed", "100")),
                    Map.entry("export-onnx", Map.of("policy", policy)))) {
                AtomicInteger steps = new AtomicInteger();
                System.out.println(
                        Goals.run(goal.getKey(), runs, goal.getValue(), notes, () -> steps.incrementAndGet() > 10)
                                .sentence());
            }
            notes.infos().forEach(System.out::println);
            notes.warnings().forEach(System.out::println);
            Runtime.getRuntime().halt(0);
        }
    }
}
