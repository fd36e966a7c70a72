package io.github.qwop.goal;

import io.github.qwop.game.Rules;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.metrics.MetricsLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A displaced run that another run may hold all of.
 *
 * @param displaced what would be deleted
 * @param other what would stay
 */
record RunCopy(RunDirectory displaced, RunDirectory other) {

    static final String OTHER_SETTINGS = "no other finished run of its name has its settings";

    /** What is written anew from what else lies there, or tells the same once more. */
    private static final Set<String> DERIVED = Set.of("report.html", "report.md", MetricsLog.TENSORBOARD);

    /** What tells of the same, but of another day or at another speed: it has to be there, not to be equal. */
    private static final Set<String> TELLING = Set.of(
            "spec.json", MetricsLog.CSV, MetricsLog.JSON_LINES, "events.jsonl", "evaluation.json", "checkpoints");

    /**
     * What stands against it that the other is a copy; nothing if it is one: a finished training of the same settings,
     * whose networks, recordings and all else are equal in every byte.
     */
    Optional<String> doubt() throws IOException {
        Map<String, String> settings = displaced.savedSettings().orElse(Map.of());
        boolean today = displaced.savedRules().orElse(0) == Rules.VERSION;
        if (!today || !other.isFinished() || !other.holds(settings, displaced.savedInputs())) {
            return Optional.of(OTHER_SETTINGS);
        }
        for (Path file : files(displaced)) {
            Path relative = displaced.path().relativize(file);
            String first = relative.getName(0).toString();
            Path there = other.path().resolve(relative.toString());
            boolean telling = TELLING.contains(first) || first.startsWith("TEST-");
            if (!DERIVED.contains(first) && !(isOther(there) && (telling || isSame(file, there)))) {
                return Optional.of(relative + " is in no other run");
            }
        }
        return Optional.empty();
    }

    /** Whether a file is there, and not by a link into the folder that would go. */
    private boolean isOther(Path there) throws IOException {
        return Files.exists(there)
                && !there.toRealPath().startsWith(displaced.path().toRealPath());
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        return Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(other)
                && Files.mismatch(one, other) == -1;
    }

    /** Everything in a run's folder that is no folder itself; links are not followed. */
    static List<Path> files(RunDirectory run) throws IOException {
        List<Path> files = walk(run);
        files.removeIf(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS));
        return files;
    }

    private static List<Path> walk(RunDirectory run) throws IOException {
        try (Stream<Path> files = Files.walk(run.path())) {
            return new ArrayList<>(files.toList());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Deletes the displaced run. */
    void delete() throws IOException {
        List<Path> all = walk(displaced);
        all.sort(Comparator.reverseOrder());
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
