package io.github.qwop.run.checkpoint;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.github.qwop.file.InputFile;
import io.github.qwop.game.Rules;
import io.github.qwop.learn.Learner;
import io.github.qwop.learn.StateReader;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A checkpoint opened for reading; the checksums of its manifest and of every section have been verified. */
public final class Checkpoint implements StateReader, AutoCloseable {

    private static final int MOST_MANIFEST = 1 << 22;

    /** Bytes of a model of another library. */
    private static final long MOST_FOREIGN = 1L << 30;

    /** Ours are not compressed; one that somebody packed again must not keep us busy for hours. */
    private static final long MOST_INFLATION = 64;

    private static final String REMEDY = "; take another checkpoint of the run, or train again.";

    private final Path file;
    private final ZipFile zip;
    private final Manifest manifest;

    private Checkpoint(Path file, ZipFile zip, Manifest manifest) {
        this.file = file;
        this.zip = zip;
        this.manifest = manifest;
    }

    /**
     * Opens a checkpoint and verifies it.
     *
     * @throws CheckpointException if it is missing, damaged, or, as {@link UnknownFormatException}, of another format
     */
    public static Checkpoint open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException((Files.exists(file)
                            ? "The checkpoint " + file + " " + InputFile.fault(file)
                            : "There is no checkpoint " + file)
                    + ": train the run first, or name a checkpoint that exists.");
        }
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new CheckpointException("The checkpoint " + file + " is truncated or no zip file" + REMEDY, e);
        } catch (IOException e) {
            throw new CheckpointException("The checkpoint " + file + " cannot be read: " + e.getMessage(), e);
        }
        try {
            Manifest manifest = readManifest(file, zip);
            verify(file, zip, manifest);
            return new Checkpoint(file, zip, manifest);
        } catch (CheckpointException e) {
            closeQuietly(zip, e);
            throw e;
        } catch (IOException e) {
            CheckpointException damaged = new CheckpointException(
                    "The checkpoint " + file + " is damaged (" + CheckpointException.reason(e) + ")" + REMEDY, e);
            closeQuietly(zip, damaged);
            throw damaged;
        }
    }

    private static void closeQuietly(ZipFile zip, CheckpointException failure) {
        try {
            zip.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Whether a zip file has the manifest of our checkpoints; a stable-baselines3 model has none. */
    public static boolean isCheckpoint(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getEntry(Manifest.ENTRY) != null;
        } catch (IOException e) {
            return false;
        }
    }

    /** A checksum of the network in a checkpoint, or of any other file: it stays when a checkpoint is thinned. */
    public static String networkDigest(Path file) throws IOException {
        if (isCheckpoint(file)) {
            try (Checkpoint checkpoint = open(file)) {
                String network = checkpoint.manifest().sections().get(Learner.PARAMETERS);
                if (network != null) {
                    return network;
                }
            }
        }
        if (Files.size(file) > MOST_FOREIGN) {
            throw new CheckpointException("The file " + file + " is no checkpoint, and larger than any other model for"
                    + " this game: name a checkpoint, or a stable-baselines3 model.zip.");
        }
        return fileDigest(file);
    }

    /** The SHA-256 of a file's bytes, in hexadecimal. */
    public static String fileDigest(Path file) throws IOException {
        MessageDigest digest = CheckpointWriter.sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] block = new byte[1 << 16];
            for (int length = in.read(block); length >= 0; length = in.read(block)) {
                digest.update(block, 0, length);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The SHA-256 of a text, in hexadecimal. */
    public static String digest(String text) {
        return digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The SHA-256 of bytes, in hexadecimal. */
    public static String digest(byte[] bytes) {
        return HexFormat.of().formatHex(CheckpointWriter.sha256().digest(bytes));
    }

    private static Manifest readManifest(Path file, ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(Manifest.ENTRY);
        if (entry == null) {
            throw new CheckpointException("The file " + file + " is no checkpoint of ours: it has no " + Manifest.ENTRY
                    + "; name a model_<steps>_steps.zip or best.zip of a run.");
        }
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry)) {
            bytes = InputFile.bytes(in, MOST_MANIFEST);
        }
        // The manifest vouches for the sections; for itself there is the zip's checksum, which ZipFile does not
        // compare.
        CRC32 crc = new CRC32();
        crc.update(bytes);
        if (crc.getValue() != entry.getCrc()) {
            throw new IOException("the checksum of its " + Manifest.ENTRY + " differs");
        }
        ManifestFile manifest;
        try {
            manifest = new Gson().fromJson(new String(bytes, StandardCharsets.UTF_8), ManifestFile.class);
        } catch (JsonParseException | NumberFormatException e) {
            throw new IOException("its " + Manifest.ENTRY + " is not readable", e);
        }
        if (manifest == null) {
            throw new IOException("its " + Manifest.ENTRY + " is empty");
        }
        if (manifest.format() != Manifest.FORMAT) {
            throw new UnknownFormatException("The checkpoint " + file + " has format " + manifest.format()
                    + ", and this version reads format " + Manifest.FORMAT
                    + ": use the version of the plugin that wrote it.");
        }
        String runId = manifest.runId();
        Map<String, String> settings = manifest.settings();
        Map<String, String> sections = manifest.sections();
        if (runId == null
                || settings == null
                || sections == null
                || settings.containsValue(null)
                || sections.containsValue(null)) {
            throw new IOException("its " + Manifest.ENTRY + " lacks runId, settings or sections");
        }
        return new Manifest(manifest.format(), runId, manifest.steps(), Rules.of(manifest.rules()), settings, sections);
    }

    /** The manifest as it may lie in a file. */
    private record ManifestFile(
            int format,
            @Nullable String runId,
            long steps,
            @Nullable Integer rules,
            @Nullable Map<String, String> settings,
            @Nullable Map<String, String> sections) {}

    private static void verify(Path file, ZipFile zip, Manifest manifest) throws IOException {
        long left = MOST_INFLATION * Files.size(file);
        byte[] block = new byte[1 << 16];
        for (Map.Entry<String, String> section : manifest.sections().entrySet()) {
            ZipEntry entry = zip.getEntry(section.getKey());
            if (entry == null) {
                throw new IOException("its section " + section.getKey() + " is missing");
            }
            MessageDigest digest = CheckpointWriter.sha256();
            try (InputStream in = zip.getInputStream(entry)) {
                for (int length = in.read(block); length >= 0; length = in.read(block)) {
                    digest.update(block, 0, length);
                    left -= length;
                    if (left < 0) {
                        throw new IOException("it holds more than " + MOST_INFLATION + " times its bytes");
                    }
                }
            }
            if (!HexFormat.of().formatHex(digest.digest()).equals(section.getValue())) {
                throw new CheckpointException("The checkpoint " + file + " is damaged (the checksum of its section "
                        + section.getKey() + " differs)" + REMEDY);
            }
        }
    }

    /** What the checkpoint says about itself. */
    public Manifest manifest() {
        return manifest;
    }

    /** Whether it has a section of this name: a best checkpoint has no replay buffer. */
    @Override
    public boolean has(String section) {
        return manifest.sections().containsKey(section);
    }

    /** Reads a section from its beginning; the caller closes the stream. */
    @Override
    public DataInputStream section(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new CheckpointException("The checkpoint " + file + " has no section " + name + REMEDY);
        }
        return new DataInputStream(new BufferedInputStream(zip.getInputStream(entry), 1 << 16));
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
