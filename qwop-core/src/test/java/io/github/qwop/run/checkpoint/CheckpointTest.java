package io.github.qwop.run.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A checkpoint is read as it was written, or not at all. */
class CheckpointTest {

    private static final int STEPS = 1234;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("model.zip");
        try (CheckpointWriter writer = new CheckpointWriter(file)) {
            writer.section("parameters").writeDouble(Math.PI);
            writer.section("counters").writeUTF("one, two, three");
            writer.finish("run", STEPS, Map.of("seed", "7"));
        }
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        assertThat(readAgain()).hasValue(contents());
        assertThat(contents()).contains("steps=1234", "seed=7", "one, two, three");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x01, 0x80})
    void neverReadsAnythingElseFromAFileWithAFlippedByte(int flip) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        String contents = contents();
        int refused = 0;
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= (byte) flip;
            Files.write(file, damaged);
            Optional<String> read = readAgain();
            assertThat(read.orElse(contents)).as("byte %d", i).isEqualTo(contents);
            refused += read.isEmpty() ? 1 : 0;
        }
        // What is left are bytes that nothing is read from, such as the times of the entries.
        assertThat(refused).isGreaterThan(whole.length / 2);
    }

    @Test
    void readsNothingFromATruncatedFile() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(readAgain()).as("%d bytes", length).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"format\": 1}",
                "{\"format\": 1, \"runId\": \"run\", \"steps\": 1, \"settings\": {}}",
                "{\"format\": 1, \"runId\": \"run\", \"steps\": 1, \"sections\": {}}",
                "{\"format\": 1, \"runId\": \"run\", \"steps\": 1, \"settings\": {}, \"sections\": 3}"
            })
    void namesAManifestThatSaysTooLittle(String manifest) throws IOException {
        writeManifest(manifest);

        assertThatThrownBy(() -> Checkpoint.open(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(file + " is damaged (its manifest.json")
                .hasMessageEndingWith("take another checkpoint of the run, or train again.");
    }

    @Test
    void sendsALaterFormatToItsOwnVersion() throws IOException {
        writeManifest("{\"format\": 2, \"parts\": {}}");

        assertThatThrownBy(() -> Checkpoint.open(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("has format 2, and this version reads format 1");
    }

    private void writeManifest(String text) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(Manifest.ENTRY));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private String contents() throws IOException {
        return readAgain().orElseThrow();
    }

    /** All that the file says, or nothing if it is refused. */
    private Optional<String> readAgain() throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(file);
                DataInputStream parameters = checkpoint.section("parameters");
                DataInputStream counters = checkpoint.section("counters")) {
            return Optional.of(checkpoint.manifest() + " " + parameters.readDouble() + " " + counters.readUTF());
        } catch (CheckpointException e) {
            return Optional.empty();
        }
    }
}
