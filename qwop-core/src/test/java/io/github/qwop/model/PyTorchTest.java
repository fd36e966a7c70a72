package io.github.qwop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PyTorchTest {

    private static final PyTorch.Library LIBRARY = new PyTorch.Library("2.7.1-cpu-here", 4_000_000);
    private static final PyTorch.Library TOO_LARGE = new PyTorch.Library("2.7.1-cpu-here", Long.MAX_VALUE);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Map<String, String> given = new HashMap<>();
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void home() {
        given.put("user.home", folder.toString());
    }

    private Path place(PyTorch.Library library) {
        return PyTorch.place(given::get, folder.resolve("runs"), library, told::add);
    }

    @Test
    void unpacksIntoTheHomeAndSaysSo() {
        assertThat(place(LIBRARY)).isEqualTo(folder.resolve(".djl.ai"));
        assertThat(told)
                .containsExactly("PyTorch is unpacked into " + folder.resolve(".djl.ai/pytorch/2.7.1-cpu-here")
                        + ", once, 4 MB; ENGINE_CACHE_DIR names another folder.");
    }

    @Test
    void saysNothingWhereItIsUnpacked() throws IOException {
        Path there = Files.createDirectories(folder.resolve(".djl.ai/pytorch/2.7.1-cpu-here"));
        Files.createFile(there.resolve(System.mapLibraryName("torch")));
        Files.createFile(there.resolve("0.36.0-" + System.mapLibraryName("djl_torch")));

        assertThat(place(TOO_LARGE)).isEqualTo(folder.resolve(".djl.ai"));
        assertThat(told).isEmpty();
    }

    /** A user whom the system does not know, in a container, say, has the home "?". */
    @Test
    void unpacksBesideTheRunsWhereThereIsNoHome() {
        given.put("user.home", "?");

        assertThat(place(LIBRARY)).isEqualTo(folder.resolve("runs/.djl.ai"));
        assertThat(told)
                .containsExactly("PyTorch is unpacked into " + folder.resolve("runs/.djl.ai/pytorch/2.7.1-cpu-here")
                        + ", once, 4 MB (not into " + Path.of("?", ".djl.ai")
                        + ": ? is no home folder); ENGINE_CACHE_DIR names another folder.");
    }

    @Test
    void refusesWhereThereIsNoRoomAnywhere() {
        assertThatThrownBy(() -> place(TOO_LARGE))
                .isInstanceOf(PyTorchException.class)
                .hasMessageContaining(
                        "cannot be unpacked into " + folder.resolve("runs/.djl.ai") + " (there is room for ")
                .hasMessageContaining("(not into " + folder.resolve(".djl.ai") + ": there is room for ")
                .hasMessageContaining("-Dqwop.fork.environment=ENGINE_CACHE_DIR=<folder>");
    }

    /** What is named is not replaced by something else. */
    @Test
    void refusesAFolderThatIsNamedAndCannotTakeIt() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        given.put("DJL_CACHE_DIR", file.resolve("cache").toString());

        assertThatThrownBy(() -> place(LIBRARY))
                .isInstanceOf(PyTorchException.class)
                .hasMessage("PyTorch, 4 MB, cannot be unpacked into " + file.resolve("cache") + " (" + file
                        + " is no folder): give it room there, or name another folder with"
                        + " -Dqwop.fork.environment=ENGINE_CACHE_DIR=<folder>, or the variable alone.");
    }

    @Test
    void findsTheLibraryOnTheClassPath() throws IOException {
        PyTorch.Library library = PyTorch.Library.find();

        assertThat(library.bytes()).isGreaterThan(10_000_000);
        assertThat(library.folder()).contains("-cpu-");
    }
}
