package io.github.qwop.run.certification;

import io.github.qwop.env.Recording;
import io.github.qwop.game.Game;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.play.Comparison;
import io.github.qwop.play.Difference;
import io.github.qwop.play.ReplayException;
import io.github.qwop.play.Replayer;
import io.github.qwop.play.SplitTable;
import io.github.qwop.play.Splits;
import io.github.qwop.run.GameSpec;
import io.github.qwop.run.GateException;
import io.github.qwop.run.Lanes;
import io.github.qwop.run.Outcome;
import io.github.qwop.run.RecordingFile;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.evaluation.EvaluationFile;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The goal {@code certify}: people believe the page, so that what was achieved on the twin is played again there, and
 * twin and page are compared at every update. Any difference falls.
 */
public final class Certification {

    /** Opening a page, roughly. */
    private static final double SECONDS_TO_OPEN = 5;

    private static final double NANOS_PER_SECOND = 1e9;

    private final RunDirectory run;
    private final CertificationSpec spec;
    private final GameSpec game;
    private final RunListener listener;

    private final List<Named> recordings;

    private Certification(RunDirectory run, CertificationSpec spec, RunListener listener) throws IOException {
        this.run = run;
        this.spec = spec;
        this.listener = listener;
        recordings = recordings();
        // All are of one evaluation, and so of one environment.
        game = new GameSpec(
                spec.game(), spec.genuine(), recordings.get(0).recording().trigonometry());
    }

    /**
     * One recording's result, as {@code evaluation.json} has it.
     *
     * @param recording its name
     * @param game where it was played
     * @param updates updates compared
     * @param largestDifference of any value in the whole episode
     * @param distance metres, as recorded
     * @param seconds wall time
     * @param difference where page and twin part first; null if they do not
     * @param splits when each ten metres were passed, in seconds of play, and the finish, as far as it came
     * @param altered how the recording leads elsewhere than it says, on the page and on the twin; null if it does not
     */
    public record Result(
            String recording,
            String game,
            long updates,
            double largestDifference,
            double distance,
            double seconds,
            List<Double> splits,
            @Nullable Difference difference,
            @Nullable String altered) {

        /** What to call it in a narrow column: a path's last name. */
        private String name() {
            return recording.substring(Math.max(recording.lastIndexOf('/'), recording.lastIndexOf('\\')) + 1);
        }

        private boolean fell() {
            return difference != null || altered != null;
        }
    }

    /** A recording and what it is called. */
    private record Named(String name, Recording recording) {

        /** Updates that its actions hold their keys for; its start noise has a few more. */
        long updates() {
            return (long) recording.actions().length * recording.framesPerStep();
        }
    }

    /**
     * Certifies.
     *
     * @param run the folder of the run whose recordings are certified
     * @return a sentence on what came of it
     * @throws GateException if a recording does not lead where it says, or page and twin differ; what came of each
     *     recording is written by then
     * @throws SettingException if a setting or a recording cannot be used
     */
    public static Outcome run(RunDirectory run, CertificationSpec spec, RunListener listener)
            throws IOException, GateException {
        return run(run, spec, GameSpec::opener, listener);
    }

    /**
     * Certifies, on these games.
     *
     * @param games opens one of so many that are played side by side
     */
    static Outcome run(
            RunDirectory run,
            CertificationSpec spec,
            BiFunction<GameSpec, Integer, Supplier<Game>> games,
            RunListener listener)
            throws IOException, GateException {
        if (spec.recording() != null) {
            return new Certification(run, spec, listener).certify(games);
        }
        FileChannel lock = run.lockEvaluation();
        try (lock) {
            return new Certification(run, spec, listener).certify(games);
        }
    }

    private Outcome certify(BiFunction<GameSpec, Integer, Supplier<Game>> games) throws IOException, GateException {
        int lanes = Lanes.count(spec.processes(), recordings.size());
        announce(lanes);
        List<Result> results = Lanes.play(recordings, lanes, games.apply(game, lanes), this::player, listener);
        List<Result> fallen = results.stream().filter(Result::fell).toList();
        show(spec.episodes() == null ? results : fallen);
        if (spec.recording() == null) {
            EvaluationFile.add(run, "certification", results);
        }
        if (!fallen.isEmpty()) {
            Result first = fallen.get(0);
            throw new GateException(
                    fallen.size() == 1
                            ? "The certification of " + first.recording() + " fell. " + why(first)
                            : "The certification of " + fallen.size() + " of " + results.size() + " recordings fell. "
                                    + first.recording() + ": " + why(first));
        }
        long updates = results.stream().mapToLong(Result::updates).sum();
        String sentence = String.format(
                Locale.ROOT,
                "Certified on %s: %s, %,d updates, every number equal to the twin's.",
                game.kind().title(),
                counted(results.size(), "recording"),
                updates);
        return new Outcome(sentence, Map.of("recordings", (double) results.size(), "updates", (double) updates));
    }

    private List<Named> recordings() throws IOException {
        if (spec.recording() != null) {
            return List.of(new Named(spec.recording(), RecordingFile.read(run, spec.recording())));
        }
        if (spec.episodes() == null) {
            return List.of(
                    new Named("best", RecordingFile.read(run, null)),
                    new Named(
                            "median",
                            RecordingFile.read(run, run.medianRecording().toString())));
        }
        List<Path> kept = EvaluationFile.episodes(run);
        if (kept.isEmpty()) {
            throw new SettingException("certify.episodes is " + spec.episodes() + ", and there is no evaluation in "
                    + run.path() + " that has kept its episodes: run qwop:evaluate with"
                    + " -Dqwop.evaluate.keepEpisodes=true first.");
        }
        List<Named> recordings = new ArrayList<>();
        for (Path file : kept.subList(0, spec.count(kept.size()))) {
            String name = file.getFileName().toString().replaceFirst("\\.qwop$", "");
            recordings.add(new Named(name, RecordingFile.read(run, file.toString())));
        }
        return recordings;
    }

    private void announce(int lanes) {
        long updates = recordings.stream().mapToLong(Named::updates).sum();
        int atOnce = Math.min(lanes, Runtime.getRuntime().availableProcessors());
        listener.info(String.format(
                Locale.ROOT,
                "Certifying %s, %,d updates and those of their starts, on %s, %d at once: about %s.",
                counted(recordings.size(), spec.episodes() == null ? "recording" : "episode"),
                updates,
                game.kind().title(),
                lanes,
                Lanes.time(SECONDS_TO_OPEN + updates / (game.updatesPerSecond() * atOnce))));
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private Function<Named, Result> player(Game page) {
        Twin twin = new Twin(game.trigonometry());
        return named -> {
            long begin = System.nanoTime();
            Recording recording = named.recording();
            Comparison comparison = new Comparison(page, twin);
            Splits.Timer timer = new Splits.Timer(comparison);
            String altered = null;
            try {
                Replayer.play(recording, timer);
            } catch (ReplayException e) {
                altered = e.getMessage();
            }
            Difference difference = comparison.difference().orElse(null);
            return new Result(
                    named.name(),
                    game.text(),
                    comparison.updates(),
                    comparison.largest(),
                    recording.distance(),
                    (System.nanoTime() - begin) / NANOS_PER_SECOND,
                    timer.splits().seconds(),
                    difference,
                    // Where the two part, the page may well lead elsewhere.
                    difference == null ? altered : null);
        };
    }

    private static String why(Result fallen) {
        return fallen.difference() == null
                ? fallen.altered() + " Evaluate again to record it anew."
                : "It differs from the twin, " + fallen.difference().place()
                        + ". Please report this with the lines above and the recording.";
    }

    private void show(List<Result> results) {
        if (results.isEmpty()) {
            return;
        }
        listener.info(String.format(
                Locale.ROOT,
                "%-12s %-8s %9s %10s %8s %20s %8s",
                "recording",
                "game",
                "updates",
                "distance",
                "equal",
                "largest difference",
                "seconds"));
        for (Result result : results) {
            listener.info(String.format(
                    Locale.ROOT,
                    "%-12s %-8s %9d %8.2f m %8s %20s %8.1f",
                    result.recording(),
                    result.game(),
                    result.updates(),
                    result.distance(),
                    result.difference() == null ? "yes" : "no",
                    result.largestDifference(),
                    result.seconds()));
        }
        if (spec.episodes() == null) {
            Map<String, Splits> splits = new LinkedHashMap<>();
            results.forEach(result -> splits.put(result.name(), new Splits(result.splits())));
            SplitTable.lines(splits).forEach(listener::info);
        }
        for (Result result : results) {
            if (result.difference() != null) {
                listener.warn(result.recording() + " differs from the twin, "
                        + result.difference().text(game.kind().title()) + ".");
            } else if (result.altered() != null) {
                listener.warn(result.recording() + ": " + result.altered());
            }
        }
    }
}
