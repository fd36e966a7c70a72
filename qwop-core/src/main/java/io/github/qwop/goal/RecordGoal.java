package io.github.qwop.goal;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.RecordingFormat;
import io.github.qwop.env.Split;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.parallel.Workers;
import io.github.qwop.play.Episode;
import io.github.qwop.play.EpisodePlayer;
import io.github.qwop.play.SplitTable;
import io.github.qwop.play.Splits;
import io.github.qwop.run.EpisodeLimit;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.policy.PolicyRequest;
import io.github.qwop.run.policy.TrainedPolicy;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The goal {@code record}: plays episodes and keeps the best as recordings; no gate, no baseline, no report. */
final class RecordGoal extends PolicyGoal<RecordGoal.Spec> {

    private static final int MOST_EPISODES = 100_000;

    /** As {@link #file} names them. */
    private static final Pattern RANKED = Pattern.compile("rank-([1-9][0-9]{0,5})[.]qwop");

    /** Recordings whose splits are told. */
    private static final int MOST_TIMED = 3;

    /**
     * The goal's settings.
     *
     * @param runId the run, also its folder's name
     * @param policy the policy's file; null for the run's best checkpoint
     * @param episodes how many are played, at least 1
     * @param seed seeds the start variations
     * @param recordings how many of the best are kept, at least 1
     * @param directory where they are put; null for {@code recorded} in the run's folder
     * @param threads how many episodes are played side by side; the outcome does not depend on it
     * @param environment where it is played
     */
    public record Spec(
            String runId,
            @Nullable String policy,
            int episodes,
            long seed,
            int recordings,
            @Nullable String directory,
            int threads,
            EnvSpec environment)
            implements PolicyRequest.Spec {

        /** Checks the counts. */
        public Spec {
            if (episodes < 1 || episodes > MOST_EPISODES) {
                throw new IllegalArgumentException(
                        "record.episodes is " + episodes + ": give 1 to " + MOST_EPISODES + ", 50 is usual.");
            }
            Workers.check(threads);
            if (recordings < 1) {
                throw new IllegalArgumentException(
                        "record.recordings is " + recordings + ": give how many of the episodes to keep, at least 1.");
            }
        }
    }

    @Override
    public String name() {
        return "record";
    }

    @Override
    Spec defaults(EnvSpec environment) {
        return new Spec("qwop", null, 50, 1, 3, null, Workers.usual(), environment);
    }

    @Override
    Outcome run(PolicyRequest<Spec> request, Call call) throws IOException {
        Spec spec = request.spec();
        EpisodeLimit.check(spec.environment());
        if (spec.directory() == null) {
            request.run().checkPlaces();
        } else {
            checkFolder(Path.of(spec.directory()));
        }
        Path folder = spec.directory() == null ? request.run().recorded() : Path.of(spec.directory());
        for (int i = 0; i < Math.min(spec.recordings(), spec.episodes()); i++) {
            if (Files.isDirectory(folder.resolve(file(i)))) {
                throw new SettingException(folder.resolve(file(i))
                        + " is a folder, where a recording is to be: move it away, or set record.directory to another"
                        + " folder.");
            }
        }
        if (spec.recordings() > spec.episodes()) {
            call.listener()
                    .warn("record.recordings is " + spec.recordings() + ", and record.episodes is " + spec.episodes()
                            + ": all of them are kept.");
        }
        // What is learned from recordings is not tested on the same episodes.
        List<Episode> best = play(request).stream()
                .sorted(Comparator.comparingDouble(Episode::score).reversed())
                .limit(spec.recordings())
                .toList();
        Map<Path, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < best.size(); i++) {
            texts.put(
                    folder.resolve(file(i)),
                    RecordingFormat.write(best.get(i).recording().of(Split.VALIDATION)));
        }
        AtomicFile.writeAll(texts);
        if (spec.directory() == null) {
            removeOthers(folder, best.size());
        } else {
            tellOfOthers(folder, best.size(), call.listener());
        }
        for (int i = 0; i < best.size(); i++) {
            call.listener()
                    .info(String.format(
                            Locale.ROOT,
                            "%s: %.2f m in %.1f s of play.",
                            file(i),
                            best.get(i).distance(),
                            best.get(i).seconds()));
        }
        Map<String, Splits> splits = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(best.size(), MOST_TIMED); i++) {
            splits.put(file(i), best.get(i).splits());
        }
        SplitTable.lines(splits).forEach(call.listener()::info);
        String sentence = String.format(
                Locale.ROOT,
                "Recorded the best %d of %d %s of %s in %s.",
                best.size(),
                spec.episodes(),
                spec.episodes() == 1 ? "episode" : "episodes",
                request.policy().runId(),
                folder);
        return new Outcome(sentence, Map.of("bestDistance", best.get(0).distance()));
    }

    /** What is in the way of a folder is told before anything is played. */
    private static void checkFolder(Path folder) {
        for (Path place = folder.toAbsolutePath(); place != null; place = place.getParent()) {
            if (Files.exists(place) && !Files.isDirectory(place)) {
                throw new SettingException("record.directory is " + folder + ", and " + place
                        + " is a file: move it away, or give another folder.");
            }
        }
    }

    private static List<Episode> play(PolicyRequest<Spec> request) {
        Spec spec = request.spec();
        TrainedPolicy policy = request.policy();
        try (Workers workers = new Workers(policy.bearsThreads() ? spec.threads() : 1)) {
            return EpisodePlayer.play(
                    worker -> new EpisodePlayer(
                            spec.environment(), new Twin(spec.environment().trigonometry())),
                    policy::actor,
                    Split.VALIDATION.streams(spec.seed(), 0, spec.episodes()),
                    workers);
        }
    }

    /** What an earlier policy recorded in the run's own folder would be learned from beside what there is now. */
    private static void removeOthers(Path folder, int count) throws IOException {
        for (Path other : others(folder, count)) {
            Files.delete(other);
        }
    }

    private static void tellOfOthers(Path folder, int count, RunListener listener) throws IOException {
        List<Path> others = others(folder, count);
        if (!others.isEmpty()) {
            listener.warn(folder + " also holds " + others.get(0).getFileName()
                    + (others.size() == 1 ? "" : " and " + (others.size() - 1) + " more")
                    + " of another time: who learns from the folder learns from them too, unless they are moved away.");
        }
    }

    /** Recordings of ranks that there are not now, the lowest first. */
    private static List<Path> others(Path folder, int count) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> rank(file) > count && Files.isRegularFile(file))
                    .sorted(Comparator.comparingInt(RecordGoal::rank))
                    .toList();
        }
    }

    /** The number in a name as {@link #file} gives them, 0 in another. */
    private static int rank(Path file) {
        Matcher ranked = RANKED.matcher(file.getFileName().toString());
        return ranked.matches() ? Integer.parseInt(ranked.group(1)) : 0;
    }

    private static String file(int rank) {
        return "rank-" + (rank + 1) + ".qwop";
    }
}
