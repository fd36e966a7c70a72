package io.github.qwop.goal;

import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.Recording;
import io.github.qwop.env.RecordingFormat;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.play.Episode;
import io.github.qwop.play.EpisodePlayer;
import io.github.qwop.run.EpisodeLimit;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.policy.TrainedPolicy;
import io.github.qwop.run.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The goal {@code record}: plays episodes and keeps the best as recordings; no gate, no baseline, no report. */
final class RecordGoal {

    private static final int MOST_EPISODES = 100_000;

    private RecordGoal() {}

    /**
     * The goal's settings.
     *
     * @param runId the run, also its folder's name
     * @param policy the policy's file; null for the run's best checkpoint
     * @param episodes how many are played, at least 1
     * @param seed seeds the start variations
     * @param recordings how many of the best are kept, at least 1
     * @param directory where they are put; null for {@code recorded} in the run's folder
     * @param environment where it is played
     */
    public record Spec(
            String runId,
            @Nullable String policy,
            int episodes,
            long seed,
            int recordings,
            @Nullable String directory,
            EnvSpec environment) {

        /** Checks the counts. */
        public Spec {
            if (episodes < 1 || episodes > MOST_EPISODES) {
                throw new IllegalArgumentException(
                        "record.episodes is " + episodes + ": give 1 to " + MOST_EPISODES + ", 50 is usual.");
            }
            if (recordings < 1 || recordings > episodes) {
                throw new IllegalArgumentException("record.recordings is " + recordings
                        + ": give 1 to the number of episodes, which is " + episodes + ".");
            }
        }
    }

    static String run(Path runs, Map<String, String> settings, RunListener listener) throws IOException {
        Spec first = Settings.bind(defaults(EnvSpec.DEFAULT), settings);
        RunDirectory run = new RunDirectory(runs.resolve(first.runId()));
        Path file = first.policy() == null ? run.best() : Path.of(first.policy());
        try (TrainedPolicy policy = TrainedPolicy.open(file, listener)) {
            Spec spec = Settings.bind(defaults(policy.environment().varied()), settings);
            policy.check(spec.environment(), file);
            EpisodeLimit.check(spec.environment());
            // What is learned from recordings is not tested on the same episodes.
            List<Episode> best = new EpisodePlayer(
                            spec.environment(), new Twin(spec.environment().trigonometry()))
                    .play(policy.actor(), Episode.Split.VALIDATION.streams(spec.seed(), 0, spec.episodes())).stream()
                            .sorted(Comparator.comparingDouble(Episode::score).reversed())
                            .limit(spec.recordings())
                            .toList();
            Path folder = spec.directory() == null ? run.recorded() : Path.of(spec.directory());
            Map<Path, String> texts = new LinkedHashMap<>();
            for (int i = 0; i < best.size(); i++) {
                texts.put(
                        folder.resolve(name(i)),
                        RecordingFormat.write(best.get(i).recording().of(Recording.Split.VALIDATION)));
            }
            AtomicFile.writeAll(texts);
            for (int i = 0; i < best.size(); i++) {
                listener.info(String.format(
                        Locale.ROOT,
                        "%s: %.2f m in %.1f s of play.",
                        name(i),
                        best.get(i).distance(),
                        best.get(i).seconds()));
            }
            return String.format(
                    Locale.ROOT,
                    "Recorded the best %d of %d episodes of %s in %s.",
                    best.size(),
                    spec.episodes(),
                    policy.runId(),
                    folder);
        }
    }

    private static String name(int rank) {
        return "rank-" + (rank + 1) + ".qwop";
    }

    private static Spec defaults(EnvSpec environment) {
        return new Spec("qwop", null, 50, 1, 3, null, environment);
    }
}
