package io.github.qwop.run.training;

import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.Recording;
import io.github.qwop.env.RecordingFormat;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.env.StartNoise;
import io.github.qwop.game.Game;
import io.github.qwop.run.settings.SettingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Recordings to imitate, from files and from whole folders: our {@code .qwop}, which hold one episode each, and
 * qwop-gym's {@code .rec}, of which the kept episodes count. A {@code .rec} does not tell its frames per step, its
 * actions or its distance: they are taken to be the environment's, and each episode begins at the canonical start.
 */
final class DemonstrationFiles {

    private static final String OURS = ".qwop";
    private static final String GYM = ".rec";

    private DemonstrationFiles() {}

    /**
     * The files that some paths name, folders replaced by what lies in them, in the order of their names.
     *
     * @throws SettingException if a path does not exist, or names no recording
     */
    static List<Path> find(List<String> paths) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String path : paths) {
            Path given = Path.of(path);
            if (Files.isDirectory(given)) {
                List<Path> inside;
                try (Stream<Path> files = Files.list(given)) {
                    inside = files.filter(file -> isRecording(file) && Files.isRegularFile(file))
                            .sorted()
                            .toList();
                }
                if (inside.isEmpty()) {
                    throw refused(path, "a folder without any recording");
                }
                found.addAll(inside);
            } else if (!Files.isRegularFile(given)) {
                throw refused(path, "neither a file nor a folder");
            } else if (!isRecording(given)) {
                throw refused(path, "no recording by its name");
            } else {
                found.add(given);
            }
        }
        return found;
    }

    private static boolean isRecording(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(OURS) || name.endsWith(GYM);
    }

    private static SettingException refused(String path, String why) {
        return new SettingException("demonstrations has " + path + ", which is " + why
                + ": give files that end in .qwop, as qwop:evaluate writes them, or in .rec, as qwop-gym does, or"
                + " folders of such files.");
    }

    /**
     * Plays the recordings of some files; an episode that is there twice counts once.
     *
     * @param environment what the demonstrations are for, and what a {@code .rec} was recorded in
     * @throws SettingException if a file cannot be used, whose name the message says, or if all hold no step
     */
    static Demonstrations replay(
            List<Path> files, EnvSpec environment, RewardShaper shaper, Supplier<? extends Game> games) {
        Set<Recording> known = new HashSet<>();
        List<Demonstrations> parts = new ArrayList<>();
        for (Path file : files) {
            try {
                List<Recording> recordings =
                        read(file, environment).stream().filter(known::add).toList();
                parts.add(Demonstrations.replay(recordings, environment, shaper, games));
            } catch (IOException | IllegalArgumentException e) {
                throw new SettingException("The demonstration " + file + " cannot be used: " + e.getMessage(), e);
            }
        }
        Demonstrations shown = Demonstrations.joined(parts);
        if (shown.count() == 0) {
            throw new SettingException("demonstrations are " + files
                    + ", which hold no step to imitate: give recordings of kept episodes with at least one action.");
        }
        return shown;
    }

    private static List<Recording> read(Path file, EnvSpec environment) throws IOException {
        return file.getFileName().toString().endsWith(OURS)
                ? List.of(RecordingFormat.read(Files.readString(file)))
                : readGym(file, environment);
    }

    private static List<Recording> readGym(Path file, EnvSpec environment) throws IOException {
        List<Recording> recordings = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (RecordingFormat.GymEpisode episode : RecordingFormat.readGym(reader)) {
                if (episode.kept()) {
                    recordings.add(new Recording(
                            environment.framesPerStep(),
                            environment.actionSet(),
                            StartNoise.NOTHING,
                            Recording.NO_RANDOM,
                            episode.actions(),
                            Double.NaN,
                            Double.NaN,
                            false));
                }
            }
        }
        return recordings;
    }
}
