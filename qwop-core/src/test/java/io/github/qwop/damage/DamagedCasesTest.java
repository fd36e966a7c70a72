package io.github.qwop.damage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.qwop.goal.Goals;
import io.github.qwop.run.Silence;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged files on which goals once ended in a raw exception, a hang or a full heap; each with what it gives now. */
class DamagedCasesTest {

    private static final Path CASES = Path.of("src", "test", "resources", "damaged");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** A goal may write beside what it reads: it gets a copy. */
    private Path copy(String name) throws IOException {
        Path from = CASES.resolve(name);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path to = folder.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
        return folder;
    }

    private static void run(String goal, Path directory, Map<String, String> settings) throws Exception {
        Goals.run(goal, directory, settings, new Silence(), () -> false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gate-empty | is not readable JSON: run qwop:evaluate again.",
                "gate-empty-number | is not readable JSON: run qwop:evaluate again.",
                "gate-gates-null | does not say how its gates went: run qwop:evaluate again.",
                "gate-not-utf8 | is not readable JSON: run qwop:evaluate again."
            })
    void aGateIsRefused(String name, String sentence) throws Exception {
        Path directory = copy(name);

        assertThatThrownBy(() -> run("gate", directory, Map.of("runId", "r")))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith(
                        "The evaluation " + directory.resolve("r").resolve("evaluation.json"))
                .hasMessageEndingWith(sentence);
    }

    static Stream<Arguments> reports() {
        return Stream.of(
                arguments("report-big-distance", "The evaluation lists no episodes."),
                arguments("report-infinite-event", "events.jsonl: 1 of its lines could not be read."),
                arguments("report-infinite-steps", "metrics.jsonl: 1 of its lines could not be read."),
                arguments("report-long-recording", "at most 5400 actions in all"),
                arguments("report-null-setting", "spec.json is unreadable"));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void aReportLeavesOutWhatItCannotReadAndSaysSo(String name, String note) throws Exception {
        Path directory = copy(name);

        run("report", directory, Map.of("runId", "r"));

        assertThat(directory.resolve("r").resolve("report.html")).content().contains(note);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yaml-doubling | holds itself, or more than 10000 values",
                "yaml-nul | has a character of code 0",
                "yaml-recursive | holds itself, or more than 10000 values",
                "yaml-recursive-list | holds itself, or more than 10000 values",
                "yaml-tag | remove the tag, which begins with !!"
            })
    void aConfigurationIsRefused(String name, String sentence) throws Exception {
        Path file = copy(name).resolve("train_ppo.yml");

        assertThatThrownBy(() -> run("train", folder, Map.of("config", file.toString())))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("train_ppo.yml")
                .hasMessageContaining(sentence);
    }

    @Test
    void everyCaseIsAmongThese() throws IOException {
        try (Stream<Path> cases = Files.list(CASES)) {
            assertThat(cases).hasSize(14);
        }
    }
}
