package io.github.qwop.run.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Files that are there whole or not at all. */
public final class AtomicFile {

    private AtomicFile() {}

    /** Writes a text file through a temporary one beside it, in UTF-8. */
    public static void write(Path file, String text) throws IOException {
        writeAll(Map.of(file, text));
    }

    /**
     * Writes text files likewise, and puts none in its place before all are on the disk: where there is no room for
     * one, all that stood there stays.
     *
     * @param texts by file, put in their places in the map's order
     */
    public static void writeAll(Map<Path, String> texts) throws IOException {
        Map<Path, Path> temporaries = new LinkedHashMap<>();
        try {
            for (Map.Entry<Path, String> one : texts.entrySet()) {
                Path temporary = temporary(one.getKey());
                temporaries.put(one.getKey(), temporary);
                try {
                    Files.write(temporary, one.getValue().getBytes(StandardCharsets.UTF_8));
                    force(temporary);
                } catch (IOException e) {
                    throw named(one.getKey(), e);
                }
            }
            for (Map.Entry<Path, Path> one : temporaries.entrySet()) {
                rename(one.getValue(), one.getKey());
            }
        } finally {
            for (Path temporary : temporaries.values()) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    /**
     * Writes a text file likewise under the first free name of {@code <name>-1<suffix>}, {@code <name>-2<suffix>} and
     * so on: over nothing.
     *
     * @return where it is
     */
    public static Path writeNew(Path folder, String name, String suffix, String text) throws IOException {
        Path temporary = temporary(folder.resolve(name));
        try {
            Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
            force(temporary);
            for (int number = 1; ; number++) {
                Path file = folder.resolve(name + "-" + number + suffix);
                if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    try {
                        return Files.move(temporary, file);
                    } catch (FileAlreadyExistsException e) {
                        // Another has come first: the next number.
                    }
                }
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * Where a file can be written before it is moved to its place: beside it, so that the move is one step, and under a
     * name of its own, so that two who write the same file at once do not meet. Its folder is made.
     */
    public static Path temporary(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
    }

    /** Moves a finished file to its place, over what stands there, once its content is on the disk. */
    public static void move(Path from, Path to) throws IOException {
        force(from);
        rename(from, to);
    }

    /**
     * Moves what stands in the way, a file or a folder, to the first free name of {@code <name>.old1},
     * {@code <name>.old2} and so on.
     *
     * @return where it is now
     */
    public static Path moveAside(Path path) throws IOException {
        return Files.move(path, aside(path));
    }

    /** Where {@link #moveAside} would move it now. */
    public static Path aside(Path path) {
        int number = 1;
        Path aside = aside(path, number);
        while (Files.exists(aside, LinkOption.NOFOLLOW_LINKS)) {
            number++;
            aside = aside(path, number);
        }
        return aside;
    }

    private static Path aside(Path path, int number) {
        return path.resolveSibling(path.getFileName() + ".old" + number);
    }

    /** Where a disk is full the system does not say which. */
    private static IOException named(Path file, IOException e) {
        if (e instanceof FileSystemException) {
            return e;
        }
        FileSystemException named = new FileSystemException(file.toString(), null, e.getMessage());
        named.initCause(e);
        return named;
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
