package io.github.qwop.run.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.run.Notes;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.Silence;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.metrics.MetricsLog;
import io.github.qwop.run.settings.SettingException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A training whose newest checkpoint is damaged goes on from the one before, and ends where it would have ended. */
class DamagedCheckpointTest {

    private static final String RUN = "run";
    private static final long TOTAL = 1200;
    private static final long BEFORE_IT = 900;
    private static final long NEWEST = 960;

    private static final RunSpec SPEC = RunSpec.of(Map.ofEntries(
            Map.entry("runId", RUN),
            Map.entry("totalTimesteps", Long.toString(TOTAL)),
            Map.entry("nEnvs", "2"),
            Map.entry("nCheckpoints", "4"),
            Map.entry("keepCheckpoints", "2"),
            Map.entry("logInterval", "100"),
            Map.entry("learner.learningStarts", "200"),
            Map.entry("learner.bufferSize", "500"),
            Map.entry("learner.batchSize", "8"),
            Map.entry("learner.trainFreq", "2"),
            Map.entry("learner.nQuantiles", "3"),
            Map.entry("learner.netArch", "8"),
            Map.entry("guard.evalFreq", "400"),
            Map.entry("guard.evalEpisodes", "1")));

    /** Holds a training that was interrupted at {@link #NEWEST} steps. */
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path interrupted;

    @SuppressWarnings("NullAway.Init")
    private static byte[] expected;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** What can befall a file. */
    enum Damage {
        TRUNCATED_TO_NOTHING(file -> new byte[0]),
        TRUNCATED_IN_THE_FIRST_HEADER(file -> Arrays.copyOf(file, 10)),
        TRUNCATED_IN_A_SECTION(file -> Arrays.copyOf(file, file.length / 2)),
        TRUNCATED_IN_THE_MANIFEST(file -> Arrays.copyOf(file, manifest(file) + 40)),
        TRUNCATED_AT_THE_DIRECTORY(file -> Arrays.copyOf(file, directory(file))),
        TRUNCATED_IN_THE_DIRECTORY(file -> Arrays.copyOf(file, (directory(file) + file.length) / 2)),
        TRUNCATED_BY_A_BYTE(file -> Arrays.copyOf(file, file.length - 1)),
        FLIPPED_IN_THE_FIRST_HEADER(file -> flipped(file, 1)),
        FLIPPED_IN_A_SECTION(file -> flipped(file, file.length / 2)),
        FLIPPED_IN_THE_MANIFEST(file -> flipped(file, manifest(file) + 60)),
        FLIPPED_IN_THE_DIRECTORY(file -> flipped(file, directory(file) + 1)),
        FLIPPED_IN_THE_END(file -> flipped(file, file.length - 6)),
        ZEROED_IN_A_SECTION(file -> zeroed(file, file.length / 3)),
        OVERWRITTEN(file -> "no checkpoint, but a page that says 404\n".getBytes(StandardCharsets.UTF_8)),
        WITHOUT_ITS_MANIFEST(file -> edited(file, "manifest.json", null)),
        WITHOUT_A_SECTION(file -> edited(file, "replay", null)),
        WITH_AN_EMPTY_MANIFEST(file -> edited(file, "manifest.json", "")),
        WITH_A_MANIFEST_OF_NO_SECTIONS(file -> edited(file, "manifest.json", "{\"format\": 1}"));

        // The functions above have no state.
        @SuppressWarnings("ImmutableEnumChecker")
        private final UnaryOperator<byte[]> effect;

        Damage(UnaryOperator<byte[]> effect) {
            this.effect = effect;
        }

        private static byte[] flipped(byte[] file, int at) {
            byte[] damaged = file.clone();
            damaged[at] ^= 1;
            return damaged;
        }

        /** What a disk leaves of a block that it never wrote. */
        private static byte[] zeroed(byte[] file, int at) {
            byte[] damaged = file.clone();
            Arrays.fill(damaged, at, at + 512, (byte) 0);
            return damaged;
        }

        /** The manifest is the last entry: its header begins where that signature stands last. */
        private static int manifest(byte[] file) {
            return text(file).lastIndexOf("PK\3\4");
        }

        private static int directory(byte[] file) {
            return text(file).indexOf("PK\1\2", manifest(file));
        }

        private static String text(byte[] file) {
            return new String(file, StandardCharsets.ISO_8859_1);
        }

        /** A zip file in order, but with another text in an entry, or without it. */
        private static byte[] edited(byte[] file, String entry, @Nullable String content) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(file));
                    ZipOutputStream out = new ZipOutputStream(bytes)) {
                for (ZipEntry next = in.getNextEntry(); next != null; next = in.getNextEntry()) {
                    boolean edited = next.getName().equals(entry);
                    if (!edited || content != null) {
                        out.putNextEntry(new ZipEntry(next.getName()));
                        out.write(
                                edited && content != null
                                        ? content.getBytes(StandardCharsets.UTF_8)
                                        : in.readAllBytes());
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }
    }

    @BeforeAll
    static void train(@TempDir Path uninterrupted) throws IOException {
        train(uninterrupted, () -> false, new Silence());
        expected = Files.readAllBytes(run(uninterrupted).model());
        train(interrupted, stopAt(NEWEST / 4), new Silence());
        assertThat(run(interrupted).checkpointFiles())
                .startsWith(
                        run(interrupted).checkpoint(NEWEST), run(interrupted).checkpoint(BEFORE_IT));
    }

    @ParameterizedTest
    @EnumSource
    void goesOnFromTheOneBefore(Damage damage) throws IOException {
        copyInterrupted();
        damage(NEWEST, damage);
        Notes notes = new Notes();

        train(folder, () -> false, notes);

        assertThat(notes.warnings())
                .singleElement()
                .asString()
                .contains("model_" + NEWEST + "_steps.zip")
                .endsWith(" Trying the one before.");
        assertThat(notes.infos()).contains("Going on from model_900_steps.zip at 900 steps.");
        assertThat(run(folder).model()).hasBinaryContent(expected);
    }

    /**
     * The damaged one is older than those that are kept whole, and every checkpoint looks whether it can be thinned.
     */
    @Test
    void tellsOfADamagedOneOnceHoweverOftenItComesBy() throws IOException {
        copyInterrupted();
        damage(BEFORE_IT, Damage.FLIPPED_IN_A_SECTION);
        Notes notes = new Notes();

        RunSpec often = RunSpec.saved(withCheckpoints("40"));
        try {
            Training.run(folder, often, false, 2, notes, () -> false);
        } catch (StoppedException e) {
            throw new AssertionError(e);
        }

        assertThat(notes.warnings())
                .filteredOn(warning -> warning.contains("model_" + BEFORE_IT + "_steps.zip"))
                .hasSize(1);
    }

    private static Map<String, String> withCheckpoints(String count) {
        Map<String, String> settings = SPEC.settings();
        settings.put("nCheckpoints", count);
        return settings;
    }

    @Test
    void goesOnFromTheNewestIfItIsWhole() throws IOException {
        copyInterrupted();
        Notes notes = new Notes();

        train(folder, () -> false, notes);

        assertThat(notes.warnings()).isEmpty();
        assertThat(notes.infos()).contains("Going on from model_960_steps.zip at 960 steps.");
        assertThat(run(folder).model()).hasBinaryContent(expected);
    }

    @Test
    void movesARunAsideOfWhichNoCheckpointCanBeRead() throws IOException {
        copyInterrupted();
        damage(NEWEST, Damage.TRUNCATED_IN_A_SECTION);
        damage(BEFORE_IT, Damage.FLIPPED_IN_A_SECTION);
        Map<Path, byte[]> before = contents(run(folder).path());
        Notes notes = new Notes();

        train(folder, () -> false, notes);

        Path aside = folder.resolve(RUN + ".old1");
        assertThat(notes.warnings())
                .hasSize(3)
                .endsWith("No checkpoint of run is left to go on from: what lies in "
                        + run(folder).path() + " is moved to " + aside + ", and the training starts anew.");
        assertThat(contents(aside)).containsExactlyInAnyOrderEntriesOf(before);
        assertThat(run(folder).model()).hasBinaryContent(expected);
        List<String> rows = Files.readAllLines(run(folder).path().resolve(MetricsLog.JSON_LINES));
        assertThat(rows).hasSize((int) (TOTAL / 100));
    }

    @Test
    void refusesACheckpointOfALaterFormatAndTouchesNothing() throws IOException {
        copyInterrupted();
        Path newest = run(folder).checkpoint(NEWEST);
        String manifest = new String(entry(newest, "manifest.json"), StandardCharsets.UTF_8);
        Files.write(
                newest,
                Damage.edited(
                        Files.readAllBytes(newest),
                        "manifest.json",
                        manifest.replaceFirst("(\"format\": ?)\\d+", "$199")));
        Map<Path, byte[]> before = contents(folder);

        assertThatThrownBy(() -> train(folder, () -> false, new Notes()))
                .isInstanceOf(SettingException.class)
                .hasMessageContainingAll(newest.toString(), "has format 99", "another runId");
        assertThat(contents(folder)).containsExactlyInAnyOrderEntriesOf(before);
    }

    /** What every file below a folder holds, by its path in there. */
    private static Map<Path, byte[]> contents(Path folder) throws IOException {
        Map<Path, byte[]> contents = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file), Files.readAllBytes(file));
            }
        }
        return contents;
    }

    private static byte[] entry(Path zip, String name) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile());
                InputStream in = file.getInputStream(file.getEntry(name))) {
            return in.readAllBytes();
        }
    }

    private static void train(Path folder, BooleanSupplier stop, RunListener listener) throws IOException {
        try {
            Training.run(folder, SPEC, false, 2, listener, stop);
        } catch (StoppedException e) {
            assertThat(e).hasMessageContaining("run the same command again to go on from there");
        }
    }

    /** Each piece of work is of four steps: two of each environment. */
    private static BooleanSupplier stopAt(long piece) {
        long[] done = {0};
        return () -> ++done[0] == piece;
    }

    private static RunDirectory run(Path folder) {
        return new RunDirectory(folder.resolve(RUN));
    }

    private void damage(long steps, Damage damage) throws IOException {
        Path file = run(folder).checkpoint(steps);
        Files.write(file, damage.effect.apply(Files.readAllBytes(file)));
    }

    private void copyInterrupted() throws IOException {
        try (Stream<Path> files = Files.walk(interrupted)) {
            for (Path file : files.toList()) {
                Path copy = folder.resolve(interrupted.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
