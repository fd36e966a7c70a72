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
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kill -9 $$ | was killed (status 137), as systems do when memory runs out: close other programs,",
                "kill -15 $$ | was told to end by another process (status 143). A training or a search goes on from",
                "kill -6 $$ | broke down in native code (status 134): the file hs_err_pid<number>.log",
                "exit 1 | ended with status 1 and no result: if it did not start, correct <fork>",
                "exit 7 | ended with status 7 and no result.",
            })
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signals")
    void saysWhatAnEndWithoutAResultMeans(String end, String told) throws IOException {
        Path java = Files.writeString(folder.resolve("java"), "#!/bin/sh\necho last words\n" + end + "\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();

        assertThatThrownBy(() -> new ForkedJvm(java, List.of(), List.of(), Map.of())
                        .run(new ForkRequest("train", folder.toString(), Map.of(), false), message -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the forked JVM " + told)
                .hasMessageEndingWith(" Its last lines:\n  last words");
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
