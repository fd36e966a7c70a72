package io.github.qwop.model;

import ai.djl.engine.Engine;
import ai.djl.util.Platform;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Starts PyTorch. DJL unpacks its native library once, some 430 MB, into {@code .djl.ai} in the user's home, and fails
 * in many ways where there is none, or it cannot hold that; so the place is chosen here.
 */
public final class PyTorch {

    /** What DJL looks at for the place, first to last: a variable of the environment, or a system property. */
    private static final List<String> GIVEN = List.of("ENGINE_CACHE_DIR", "DJL_CACHE_DIR");

    private static final String CACHE = ".djl.ai";
    private static final String ENGINE = "pytorch";
    private static final double MEGABYTE = 1e6;
    private static final String REMEDY =
            " name another folder with -Dqwop.fork.environment=ENGINE_CACHE_DIR=<folder>, or the variable alone.";

    private static boolean started;

    private PyTorch() {}

    /**
     * The library as it is on the class path.
     *
     * @param folder the name of its folder when it is unpacked
     * @param bytes its size then
     */
    record Library(String folder, long bytes) {

        /** This system's; nothing of a size if it is not on the class path. */
        static Library find() throws IOException {
            Platform platform = Platform.detectPlatform(ENGINE);
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            long bytes = 0;
            String[] files = platform.getLibraries();
            for (String file : files == null ? new String[0] : files) {
                URL url = loader.getResource(
                        ENGINE + "/" + platform.getFlavor() + "/" + platform.getClassifier() + "/" + file);
                bytes += url == null ? 0 : url.openConnection().getContentLengthLong();
            }
            return new Library(
                    platform.getVersion() + "-" + platform.getFlavor() + "-" + platform.getClassifier(), bytes);
        }

        /** Where a cache has it. */
        Path in(Path cache) {
            return cache.resolve(ENGINE).resolve(folder);
        }

        /** Whether a cache has it, with DJL's bridge to it. */
        boolean isIn(Path cache) {
            if (!Files.exists(in(cache).resolve(System.mapLibraryName("torch")))) {
                return false;
            }
            try (Stream<Path> files = Files.list(in(cache))) {
                return files.anyMatch(file -> file.toString().endsWith(System.mapLibraryName("djl_torch")));
            } catch (IOException e) {
                return false;
            }
        }

        /** Why a cache cannot take it; null if it can. */
        @Nullable
        String obstacle(Path cache) {
            Path existing = cache;
            while (existing.getParent() != null && !Files.exists(existing)) {
                existing = existing.getParent();
            }
            try {
                long room = Files.getFileStore(existing).getUsableSpace();
                if (!Files.isDirectory(existing)) {
                    return existing + " is no folder";
                }
                if (!Files.isWritable(existing)) {
                    return existing + " cannot be written";
                }
                return room < bytes ? String.format(Locale.ROOT, "there is room for %.0f MB", room / MEGABYTE) : null;
            } catch (IOException e) {
                return e.toString();
            }
        }
    }

    /**
     * Starts it, unless this has been done.
     *
     * @param otherwise folder in which it may be unpacked where the user's home cannot hold it
     * @param tell hears where it is unpacked, if it is
     * @throws PyTorchException if it cannot be unpacked or started
     */
    public static synchronized void start(Path otherwise, Consumer<String> tell) {
        if (started) {
            return;
        }
        Path cache = null;
        try {
            cache = place(PyTorch::given, otherwise, Library.find(), tell);
            System.setProperty(GIVEN.get(0), cache.toString());
            Engine.getEngine("PyTorch");
            started = true;
        } catch (PyTorchException e) {
            throw e;
        } catch (IOException | RuntimeException | LinkageError e) {
            throw new PyTorchException(
                    "PyTorch does not start" + (cache == null ? "" : " from " + cache) + " (" + reason(e)
                            + "): see that the folder can be written and that a library can be loaded from there, which"
                            + " a file system mounted noexec refuses, or" + REMEDY,
                    e);
        }
    }

    private static @Nullable String given(String name) {
        String variable = System.getenv(name);
        return variable == null ? System.getProperty(name) : variable;
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString();
    }

    /**
     * Chooses the folder to unpack into.
     *
     * @param given values of variables and properties, by name
     */
    static Path place(UnaryOperator<@Nullable String> given, Path otherwise, Library library, Consumer<String> tell) {
        for (String name : GIVEN) {
            String value = given.apply(name);
            if (value != null && !value.isEmpty()) {
                return checked(Path.of(value).toAbsolutePath(), library, tell, "");
            }
        }
        Path home = Path.of(String.valueOf(given.apply("user.home")));
        Path usual = home.resolve(CACHE);
        if (library.isIn(usual)) {
            return usual;
        }
        // Java calls the home of a user whom the system does not know "?".
        String obstacle = home.isAbsolute() ? library.obstacle(usual) : home + " is no home folder";
        return obstacle == null
                ? checked(usual, library, tell, "")
                : checked(
                        otherwise.toAbsolutePath().resolve(CACHE),
                        library,
                        tell,
                        " (not into " + usual + ": " + obstacle + ")");
    }

    private static Path checked(Path cache, Library library, Consumer<String> tell, String why) {
        if (library.isIn(cache)) {
            return cache;
        }
        String size = String.format(Locale.ROOT, "%.0f MB", library.bytes() / MEGABYTE);
        String obstacle = library.obstacle(cache);
        if (obstacle != null) {
            throw new PyTorchException("PyTorch, " + size + ", cannot be unpacked into " + cache + " (" + obstacle + ")"
                    + why + ": give it room there, or" + REMEDY);
        }
        tell.accept("PyTorch is unpacked into " + library.in(cache) + ", once, " + size + why
                + "; ENGINE_CACHE_DIR names another folder.");
        return cache;
    }
}
