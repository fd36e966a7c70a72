package io.github.qwop.run.fork;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A temporary folder that a fork has for itself. Its request and its arguments lie there, and it is the fork's
 * {@code java.io.tmpdir}, because libraries unpack megabytes there and leave them. It goes when the fork has ended.
 *
 * <p>A Maven that is killed leaves it behind, and a later one removes it: known by its name and its mark, and in
 * nobody's use, because both JVMs hold a shared lock on the mark for as long as they live.
 */
public final class ForkFolder implements AutoCloseable {

    private static final String PREFIX = "qwop-fork-";
    private static final String MARK = "fork.lock";
    private static final String MARK_TEXT = "A fork of " + ForkedJvm.MAIN + "\n";

    /** Versions without such folders wrote files that only a starting fork reads. */
    private static final long START_MINUTES = 60;

    /** The fork's own lock, held until it ends. */
    private static @Nullable FileChannel held;

    private final Path path;
    private final FileChannel lock;

    private ForkFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes a folder in this one, and removes what killed ones have left there. */
    static ForkFolder create(Path temporary) throws IOException {
        sweep(temporary);
        while (true) {
            Path path = Files.createTempDirectory(temporary, own());
            Path mark = path.resolve(MARK);
            FileChannel lock = FileChannel.open(
                    mark, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
            lock.write(ByteBuffer.wrap(MARK_TEXT.getBytes(StandardCharsets.UTF_8)));
            lock.lock(0, Long.MAX_VALUE, true);
            // Somebody may have swept it between its making and its locking.
            if (Files.exists(mark)) {
                return new ForkFolder(path, lock);
            }
            lock.close();
        }
    }

    /** Says, in the fork, that the folder of its request is in use for as long as this JVM lives. */
    public static synchronized void hold(Path requestFile) throws IOException {
        Path mark = requestFile.resolveSibling(MARK);
        if (Files.exists(mark)) {
            held = FileChannel.open(mark, StandardOpenOption.READ);
            held.lock(0, Long.MAX_VALUE, true);
        }
    }

    /** The folder. */
    Path path() {
        return path;
    }

    /** Removes the folder; what cannot be removed is left to a later fork. */
    @Override
    public void close() throws IOException {
        remove(path, lock);
    }

    private static String own() {
        return PREFIX + ProcessHandle.current().pid() + "-";
    }

    private static void sweep(Path temporary) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(temporary, "qwop-*")) {
            for (Path one : left) {
                String name = one.getFileName().toString();
                // Opening and closing a mark of our own would give up our lock on it.
                if (name.startsWith(PREFIX) && !name.startsWith(own())) {
                    sweepFolder(one);
                } else if (name.endsWith(".args")) {
                    sweepArguments(one);
                }
            }
        } catch (IOException e) {
            // It is a courtesy: what is somebody else's, or gone by now, is left alone.
        }
    }

    private static void sweepFolder(Path folder) {
        Path mark = folder.resolve(MARK);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                || !Files.isRegularFile(mark, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            // Read first: closing the file a second time would give up the lock.
            boolean ours = Files.readString(mark).equals(MARK_TEXT);
            try (FileChannel channel = FileChannel.open(mark, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                if (ours && channel.tryLock() != null) {
                    remove(folder, channel);
                }
            }
        } catch (IOException | OverlappingFileLockException e) {
            // Somebody else's, or in use.
        }
    }

    /** Argument files of versions before this one, and the request that the last line of each names. */
    private static void sweepArguments(Path file) {
        try {
            long age = System.currentTimeMillis()
                    - Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis();
            List<String> lines = Files.readAllLines(file);
            int last = lines.size() - 1;
            if (age > TimeUnit.MINUTES.toMillis(START_MINUTES)
                    && last > 0
                    && lines.get(last - 1).equals('"' + ForkedJvm.MAIN + '"')) {
                String name =
                        Path.of(lines.get(last).replace("\"", "")).getFileName().toString();
                if (name.matches("qwop-[a-z-]+-\\d+\\.json")) {
                    Files.deleteIfExists(file.resolveSibling(name));
                }
                Files.delete(file);
            }
        } catch (IOException | RuntimeException e) {
            // Somebody else's, or none of such lines.
        }
    }

    /** The mark goes last of all files, and before its lock: what is without a mark is nobody's to remove. */
    private static void remove(Path folder, FileChannel lock) throws IOException {
        Path mark = folder.resolve(MARK);
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.equals(mark)) {
                    Files.deleteIfExists(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path inner, @Nullable IOException e) throws IOException {
                if (!inner.equals(folder)) {
                    Files.deleteIfExists(inner);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        Files.deleteIfExists(mark);
        lock.close();
        Files.deleteIfExists(folder);
    }
}
