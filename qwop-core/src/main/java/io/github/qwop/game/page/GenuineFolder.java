package io.github.qwop.game.page;

import io.github.qwop.file.InputFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The genuine game's files, read once from a folder that the user supplies; nothing of them is shipped, downloaded or
 * changed.
 */
public final class GenuineFolder {

    /** The game's program, minified or not. */
    public static final String SCRIPT = "QWOP.min.js";

    /** The game's pictures, fonts and sounds, whose sizes shape its bodies; beside the script or in {@code assets}. */
    public static final String BUNDLE = "assetbundle.parcel";

    /** What the known bundle holds, by length and SHA-256; how it is packed does not matter. */
    private static final int KNOWN_LENGTH = 302_860;

    /** A bundle of another build is not a hundred times as large. */
    private static final int MOST_BYTES = 1 << 24;

    private static final String KNOWN_CONTENT = "479788b4e87ef0b889c9da723419de120dfdb8d0b9d26f255e5814a00d098483";

    private static final String REMEDY = ": put the genuine game's " + SCRIPT + " and " + BUNDLE + " there.";

    private final Path folder;
    private final String script;
    private final byte[] bundle;
    private final @Nullable String bundleDoubt;

    private GenuineFolder(Path folder, String script, byte[] bundle, @Nullable String bundleDoubt) {
        this.folder = folder;
        this.script = script;
        this.bundle = bundle;
        this.bundleDoubt = bundleDoubt;
    }

    /**
     * Reads the folder.
     *
     * @param folder holds {@value #SCRIPT} and {@value #BUNDLE}
     * @throws PageException if the folder or a file in it is missing or is no part of the game
     */
    public static GenuineFolder read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new PageException("There is no folder " + folder + REMEDY);
        }
        Path script = find(folder.resolve(SCRIPT));
        Path beside = folder.resolve(BUNDLE);
        Path bundle =
                find(Files.exists(beside) ? beside : folder.resolve("assets").resolve(BUNDLE));
        try {
            byte[] packed = InputFile.bytes(bundle, MOST_BYTES);
            String text = InputFile.text(script);
            return new GenuineFolder(folder, text, packed, doubt(bundle, inflate(packed)));
        } catch (IOException e) {
            throw new PageException("The genuine game in " + folder + " could not be read: " + e.getMessage(), e);
        } catch (DataFormatException e) {
            throw new PageException(
                    "The asset bundle " + bundle + " is truncated or is not the genuine game's (" + e.getMessage()
                            + "): supply it again, byte for byte.",
                    e);
        }
    }

    private static @Nullable String doubt(Path bundle, byte[] content) {
        if (HexFormat.of().formatHex(sha256(content)).equals(KNOWN_CONTENT)) {
            return null;
        }
        return "The asset bundle " + bundle + " is not the known one ("
                + (content.length == KNOWN_LENGTH
                        ? "some of its content differs"
                        : "it holds " + content.length + " bytes instead of " + KNOWN_LENGTH)
                + ")";
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private static Path find(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new PageException(
                    Files.exists(file)
                            ? "What is to be the file " + file + " " + InputFile.fault(file) + REMEDY
                            : "There is no file " + file + REMEDY);
        }
        return file;
    }

    /** The script's text. */
    String script() {
        return script;
    }

    /** The asset bundle as the game reads it. */
    byte[] bundle() {
        return bundle;
    }

    /**
     * Why a game that fails may do so for its bundle, as the beginning of a sentence; null if the bundle is the known
     * one. Another one is no error: it may differ in nothing that the game needs.
     */
    @Nullable
    String bundleDoubt() {
        return bundleDoubt;
    }

    /**
     * Inflates zlib data.
     *
     * @throws DataFormatException if it is not zlib data, or stops too soon
     */
    static byte[] inflate(byte[] packed) throws DataFormatException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            ByteArrayOutputStream unpacked = new ByteArrayOutputStream(2 * packed.length);
            byte[] block = new byte[1 << 16];
            while (!inflater.finished()) {
                int length = inflater.inflate(block);
                if (length == 0 && !inflater.finished()) {
                    throw new DataFormatException("it ends after " + packed.length + " bytes");
                }
                unpacked.write(block, 0, length);
                if (unpacked.size() > MOST_BYTES) {
                    throw new DataFormatException("it inflates to more than " + MOST_BYTES + " bytes");
                }
            }
            return unpacked.toByteArray();
        } finally {
            inflater.end();
        }
    }

    /** Names the folder. */
    @Override
    public String toString() {
        return folder.toString();
    }
}
