package io.github.qwop.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void saysWhatTheSystemMeans() throws IOException {
        Path missing = folder.resolve("missing");
        assertThat(Fault.of(catchThrowable(() -> Files.readAllBytes(missing)))).isEqualTo("there is no " + missing);
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(Fault.of(catchThrowable(() -> Files.createDirectories(file))))
                .isEqualTo(file + " is in the way: it is there already and of another kind");
        assertThat(Fault.of(catchThrowable(() -> Files.newDirectoryStream(file))))
                .isEqualTo(file + " is no folder");
        assertThat(Fault.of(new FileSystemException("/data", null, "No space left on device")))
                .isEqualTo("/data: No space left on device");
        assertThat(Fault.of(new FileSystemException("/data"))).isEqualTo("/data cannot be used");
        assertThat(Fault.of(new EOFException())).isEqualTo("it ends too early");
        assertThat(Fault.of(new IOException())).isEqualTo("it is damaged");
        assertThat(Fault.of(new IOException("it is a folder, not a file."))).isEqualTo("it is a folder, not a file");
    }

    /** Nobody knows the name that a file has before it is moved to its place. */
    @Test
    void namesThePlaceOfATemporaryFile() {
        assertThat(Fault.of(new AccessDeniedException("/data/spec.json." + UUID.randomUUID() + ".part")))
                .isEqualTo("this user may not use /data/spec.json");
    }
}
