package io.github.qwop.run.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForkedJvmTest {

    @ParameterizedTest
    @CsvSource({
        "-Xmx1g, -XX:+UseSerialGC",
        "-XX:+UseG1GC, -XX:+UseG1GC",
        "-XX:+UseParallelGC, -XX:+UseParallelGC",
        "-XX:+UseNUMA, -XX:+UseSerialGC",
    })
    void choosesOneCollector(String given, String collector) {
        ForkedJvm jvm = new ForkedJvm(Path.of("java"), List.of(), List.of(given), Map.of());

        assertThat(jvm.javaArguments(Path.of("request.json")).stream().filter(argument -> argument.endsWith("GC\"")))
                .containsExactly('"' + collector + '"');
    }
}
