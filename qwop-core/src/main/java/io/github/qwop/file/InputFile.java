package io.github.qwop.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads files that people give: they may be folders, pipes or devices, or larger than the memory. The messages are half
 * sentences about the file.
 */
public final class InputFile {

    /** More than any text has that the product writes: evaluations of a hundred thousand episodes are smaller. */
    public static final int MOST_TEXT = 1 << 26;

    private InputFile() {}

    /** What is wrong with a path that is no regular file, such as {@code does not exist}. */
    public static String fault(Path path) {
        if (Files.isDirectory(path)) {
            return "is a folder, not a file";
        }
        return Files.exists(path) ? "is a pipe or a device, not a file" : "does not exist";
    }

    /**
     * Reads a file whole.
     *
     * @param most bytes that it may have
     * @throws IOException if it is no regular file, has more, or cannot be read
     */
    public static byte[] bytes(Path file, int most) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("it " + fault(file));
        }
        if (Files.size(file) > most) {
            throw tooLarge(most);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return bytes(in, most);
        }
    }

    /** Reads what is left of a stream likewise, such as what a zip's entry inflates to. */
    public static byte[] bytes(InputStream in, int most) throws IOException {
        byte[] bytes = in.readNBytes(most);
        if (in.read() >= 0) {
            throw tooLarge(most);
        }
        return bytes;
    }

    /** Reads a text of at most {@link #MOST_TEXT} bytes likewise; what is no UTF-8 becomes U+FFFD. */
    public static String text(Path file) throws IOException {
        return new String(bytes(file, MOST_TEXT), StandardCharsets.UTF_8);
    }

    private static IOException tooLarge(int most) {
        return new IOException("it has more than the " + most + " bytes that such a file may have");
    }
}
