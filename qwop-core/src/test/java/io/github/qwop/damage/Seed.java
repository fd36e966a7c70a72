package io.github.qwop.damage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Whole files, of which one is going to be damaged.
 *
 * @param files contents by path in the folder
 * @param victim the path of the one
 */
record Seed(Map<String, byte[]> files, String victim) {

    static Seed of(String name, byte[] content) {
        return new Seed(Map.of(name, content), name);
    }

    static Seed of(String name, String content) {
        return of(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** A folder with each of some of its files as the victim. */
    static List<Seed> of(Path folder, String... victims) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return Stream.of(victims).map(victim -> new Seed(files, victim)).toList();
    }
}
