package io.github.qwop.run.peers;

import io.github.qwop.env.RecordingFormat;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The recordings that a configuration for cloning names.
 *
 * @param files in the order of their paths
 */
record GymRecordings(List<Path> files) {

    private static final String WILD = "*?[";

    /**
     * Finds them.
     *
     * @param config the configuration's name, for messages
     * @param patterns paths, in whose parts {@code *}, {@code ?} and {@code [...]} stand for others
     * @param yaml knows from where paths start
     * @throws SettingException if there is none for one of the paths
     */
    static GymRecordings find(String config, List<String> patterns, YamlFile yaml) {
        List<Path> found = new ArrayList<>();
        for (String pattern : patterns) {
            List<Path> files = matching(pattern, yaml);
            if (files.isEmpty()) {
                throw new SettingException(config + ": recordings has " + pattern
                        + ", and there is no such file in the folder above the file, beside it, or in the working"
                        + " directory: correct the path, or record episodes first.");
            }
            found.addAll(files);
        }
        return new GymRecordings(found.stream().distinct().toList());
    }

    private static List<Path> matching(String pattern, YamlFile yaml) {
        int wild = 0;
        while (wild < pattern.length() && WILD.indexOf(pattern.charAt(wild)) < 0) {
            wild++;
        }
        int begin = pattern.lastIndexOf('/', wild) + 1;
        return yaml.places().stream()
                .map(place -> inside(place.resolve(pattern.substring(0, begin)), pattern.substring(begin)))
                .filter(files -> !files.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<Path> inside(Path folder, String pattern) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        try (Stream<Path> files = Files.walk(folder, Path.of(pattern).getNameCount())) {
            return files.filter(file -> matcher.matches(folder.relativize(file)) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new SettingException("The folder " + folder + " of recordings cannot be read: " + e, e);
        }
    }

    /**
     * Steps of their kept episodes.
     *
     * @throws SettingException if a file is no recording of qwop-gym
     */
    long steps() {
        long steps = 0;
        for (Path file : files) {
            try {
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                for (RecordingFormat.GymEpisode episode : RecordingFormat.readGym(new StringReader(text))) {
                    steps += episode.kept() ? episode.actions().length : 0;
                }
            } catch (IOException | IllegalArgumentException e) {
                throw new SettingException("The recording " + file + " cannot be used: " + e.getMessage(), e);
            }
        }
        return steps;
    }
}
