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
}
