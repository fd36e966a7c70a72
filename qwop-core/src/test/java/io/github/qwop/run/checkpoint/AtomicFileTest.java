package io.github.qwop.run.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whoeverWritesAFileHasATemporaryNameOfTheirOwn() throws IOException {
        Path file = folder.resolve("evaluation.json");
        Path other = Files.writeString(folder.resolve("evaluation.json.part"), "of another process");

        AtomicFile.write(file, "mine");

        assertThat(file).hasContent("mine");
        assertThat(other).hasContent("of another process");
        assertThat(AtomicFile.temporary(file)).isNotEqualTo(AtomicFile.temporary(file));
    }

    @Test
    void noFileIsReplacedBeforeAllAreWritten() throws IOException {
        Path first = Files.writeString(folder.resolve("a"), "before");
        Files.writeString(folder.resolve("b"), "no folder");
        Map<Path, String> texts = new LinkedHashMap<>();
        texts.put(first, "after");
        texts.put(folder.resolve("b").resolve("c"), "after");

        assertThatThrownBy(() -> AtomicFile.writeAll(texts)).isInstanceOf(IOException.class);

        assertThat(first).hasContent("before");
        assertThat(names()).containsExactly("a", "b");
    }

    @Test
    void whatIsMovedAsideTakesTheFirstFreeName() throws IOException {
        Files.writeString(folder.resolve("a.old1"), "older");
        Path file = Files.writeString(folder.resolve("a"), "old");

        assertThat(AtomicFile.moveAside(file))
                .isEqualTo(folder.resolve("a.old2"))
                .hasContent("old");
        assertThat(names()).containsExactly("a.old1", "a.old2");
    }

    @Test
    void aNewFileTakesTheFirstFreeNumber() throws IOException {
        Path runs = folder.resolve("runs");
        Files.createDirectory(runs);
        Files.writeString(runs.resolve("run-2.qwop"), "kept");

        assertThat(AtomicFile.writeNew(runs, "run", ".qwop", "a")).isEqualTo(runs.resolve("run-1.qwop"));
        assertThat(AtomicFile.writeNew(runs, "run", ".qwop", "b")).isEqualTo(runs.resolve("run-3.qwop"));

        assertThat(runs.resolve("run-1.qwop")).hasContent("a");
        assertThat(runs.resolve("run-2.qwop")).hasContent("kept");
        assertThat(runs.resolve("run-3.qwop")).hasContent("b");
        try (var files = Files.list(runs)) {
            assertThat(files).hasSize(3);
        }
    }
}
