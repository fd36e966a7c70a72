package io.github.qwop.run.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForkedJvmTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "-Xmx1g, -XX:+UseSerialGC",
        "-XX:+UseG1GC, -XX:+UseG1GC",
        "-XX:+UseParallelGC, -XX:+UseParallelGC",
        "-XX:+UseNUMA, -XX:+UseSerialGC",
    })
    void choosesOneCollector(String given, String collector) {
        ForkedJvm jvm = new ForkedJvm(Path.of("java"), List.of(), List.of(given), Map.of());

        assertThat(jvm.javaArguments(Path.of("request.json"), Map.of()).stream()
                        .filter(argument -> argument.endsWith("GC\"")))
                .containsExactly('"' + collector + '"');
    }

    /** A JVM that is given two collectors does not start. */
    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
    void startsWithACollectorFromAVariable(String variable) throws IOException, InterruptedException {
        assertThat(gate(List.of(), Map.of(variable, "-Xmx256m  \"-XX:+UseParallelGC\"")))
                .isInstanceOf(ForkMessage.Refused.class);
    }

    @Test
    void leavesNothingInTheTemporaryFolder() throws IOException, InterruptedException {
        assertThat(gate(List.of("-Djava.io.tmpdir=" + folder), Map.of())).isInstanceOf(ForkMessage.Refused.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void namesATemporaryFolderThatIsMissing() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> gate(List.of("-Djava.io.tmpdir=" + missing), Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("The temporary folder " + missing + " cannot be written (")
                .hasMessageEndingWith(": make it, or make room there, or name another one with"
                        + " -Dqwop.fork.jvmArgs=-Djava.io.tmpdir=<folder>.");
        assertThat(Files.exists(missing)).isFalse();
    }

    /** What comes of a goal that finds nothing to do. */
    private ForkMessage gate(List<String> jvmArgs, Map<String, String> environment)
            throws IOException, InterruptedException {
        List<Path> classPath = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ForkedJvm(java, classPath, jvmArgs, environment)
                .run(
                        new ForkRequest("gate", folder.resolve("runs").toString(), Map.of(), false),
                        message -> assertThat(message).isInstanceOf(ForkMessage.Log.class));
    }
}
