package io.github.qwop.game;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A folder of what the genuine game did.
 *
 * @param resource the committed one, among the test resources
 * @param property names another to check in place of it
 */
record GoldFolder(String resource, String property) {

    /** The folder to check. */
    Path path() {
        String given = System.getProperty(property);
        return given != null ? Path.of(given) : committed();
    }

    /** The committed one. */
    Path committed() {
        try {
            return Path.of(Objects.requireNonNull(GoldFolder.class.getResource(resource))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Names of the files with a suffix, without it. */
    List<String> names(String suffix) {
        try (Stream<Path> files = Files.list(path())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .map(name -> name.substring(0, name.length() - suffix.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
