package io.github.qwop.run.checkpoint;

import com.google.gson.GsonBuilder;
import io.github.qwop.game.Rules;
import io.github.qwop.learn.StateWriter;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes one checkpoint, section by section, to a temporary file beside its place; {@link #finish} moves it there. What
 * stood there before is intact until then. Equal contents give equal bytes.
 */
public final class CheckpointWriter implements StateWriter, AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final Path temporary;
    private final OutputStream out;
    private final ZipOutputStream zip;
    private final Map<String, String> digests = new TreeMap<>();
    private @Nullable MessageDigest open;
    private @Nullable DataOutputStream section;
    private String openName = "";

    /** Begins a checkpoint that is to become this file. */
    public CheckpointWriter(Path file) throws IOException {
        this.file = file;
        Files.createDirectories(file.toAbsolutePath().getParent());
        temporary = file.resolveSibling(file.getFileName() + ".part");
        out = Files.newOutputStream(temporary);
        zip = new ZipOutputStream(new BufferedOutputStream(out, BUFFER));
        // Tensors and replay buffers hardly shrink, and time at a checkpoint is time not trained.
        zip.setLevel(Deflater.NO_COMPRESSION);
    }

    /**
     * Begins a section; the one before it ends.
     *
     * @param name unique in the checkpoint, such as {@code parameters}
     * @return where its bytes go; buffered, not to be closed
     */
    @Override
    public DataOutputStream section(String name) throws IOException {
        endSection();
        zip.putNextEntry(entry(name));
        MessageDigest digest = sha256();
        DataOutputStream stream = new DataOutputStream(
                new BufferedOutputStream(new DigestOutputStream(new Unclosed(zip), digest), BUFFER));
        open = digest;
        openName = name;
        section = stream;
        return stream;
    }

    private void endSection() throws IOException {
        if (section != null && open != null) {
            section.flush();
            zip.closeEntry();
            digests.put(openName, HexFormat.of().formatHex(open.digest()));
            section = null;
            open = null;
        }
    }

    /** Ends the checkpoint and puts it in its place. */
    public void finish(String runId, long steps, Map<String, String> settings) throws IOException {
        finish(runId, steps, Rules.VERSION, settings);
    }

    /** Ends a copy of a checkpoint that was trained under these rules, and puts it in its place. */
    public void finish(String runId, long steps, int rules, Map<String, String> settings) throws IOException {
        endSection();
        zip.putNextEntry(entry(Manifest.ENTRY));
        Manifest manifest = new Manifest(Manifest.FORMAT, runId, steps, rules, settings, digests);
        zip.write(
                new GsonBuilder().setPrettyPrinting().create().toJson(manifest).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        zip.close();
        AtomicFile.move(temporary, file);
    }

    /** Gives up an unfinished checkpoint; does nothing after {@link #finish}. */
    @Override
    public void close() throws IOException {
        // Not the zip, which would write its end: on a full disk that fails, and the file would stay.
        out.close();
        Files.deleteIfExists(temporary);
    }

    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        // The time of day would make equal checkpoints different files.
        entry.setTimeLocal(java.time.LocalDateTime.of(1980, 2, 1, 0, 0));
        return entry;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** A zip entry's stream may not close the zip. */
    private static final class Unclosed extends FilterOutputStream {

        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
