package io.github.qwop.report;

import com.google.gson.JsonObject;
import io.github.qwop.env.Recording;
import io.github.qwop.game.Game;
import io.github.qwop.game.Units;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.play.FilteredGame;
import io.github.qwop.play.KeyLog;
import io.github.qwop.play.KeySequence;
import io.github.qwop.play.ReplayException;
import io.github.qwop.play.Replayer;
import io.github.qwop.play.Splits;
import io.github.qwop.report.chart.Point;
import io.github.qwop.run.RecordingFile;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.search.Objective;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An episode that is worth drawing, played anew.
 *
 * @param what what it is the best of, as a heading has it
 * @param played what came of it; null if it cannot be shown
 * @param problem why not; empty if it can
 */
record Best(String what, @Nullable Played played, String problem) {

    /** Of an evaluation's episodes. */
    static final String EPISODE = "Best episode";

    /** Of a search's runs. */
    static final String FOUND = "Best run of the search";

    /**
     * An episode on the twin.
     *
     * @param recording what was played
     * @param keys the keys of its updates
     * @param splits when each ten metres were passed
     * @param track metres over the score clock, an update each
     */
    record Played(Recording recording, KeySequence keys, Splits splits, List<Point> track) {}

    /**
     * What lies in a run's folder.
     *
     * @param search what the last search tells; null if there was none
     */
    static List<Best> of(RunDirectory directory, @Nullable JsonObject search) {
        List<Best> best = new ArrayList<>();
        if (Files.isRegularFile(directory.bestRecording())) {
            best.add(read(EPISODE, directory, directory.bestRecording()));
        }
        if (search != null) {
            fastest(search)
                    .map(start -> ReportedRun.text(start, "recording"))
                    .filter(name -> !name.isEmpty())
                    .map(name -> directory.search().resolve(Path.of(name).getFileName()))
                    .filter(Files::isRegularFile)
                    .ifPresent(file -> best.add(read(FOUND, directory, file)));
        }
        return List.copyOf(best);
    }

    /** The start from which the objective was reached soonest, or, if that was from none, that led farthest. */
    static Optional<JsonObject> fastest(JsonObject search) {
        return ReportedRun.list(search, "starts").stream()
                .min(Comparator.comparing((JsonObject start) -> !isReached(start))
                        .thenComparingDouble(start -> isReached(start)
                                ? ReportedRun.number(start, "seconds")
                                : -ReportedRun.number(start, "metres")));
    }

    /** Whether the objective was reached from a start. */
    static boolean isReached(JsonObject start) {
        return ReportedRun.text(start, "reached").equals("true");
    }

    /** Where a start's figure leads, such as " to 10 m"; empty if the search does not tell its objective. */
    static String way(@Nullable JsonObject search, JsonObject start) {
        if (search == null || !(search.get("settings") instanceof JsonObject settings)) {
            return "";
        }
        try {
            Objective objective = Objective.parse(ReportedRun.text(settings, "objective"));
            return (isReached(start) ? " to " : " on the way to ")
                    + (objective.equals(Objective.TIME) ? "the finish" : objective.place() + " m");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static Best read(String what, RunDirectory directory, Path file) {
        try {
            Recording recording = RecordingFile.read(directory, file.toString());
            try (Game twin = new Twin(recording.trigonometry())) {
                KeyLog keys = new KeyLog(twin);
                Splits.Timer timer = new Splits.Timer(keys);
                Track track = new Track(timer);
                Replayer.play(recording, track);
                Played played = new Played(
                        recording,
                        new KeySequence(keys.keys(), recording.trigonometry()),
                        timer.splits(),
                        List.copyOf(track.points));
                return new Best(what, played, played.track().isEmpty() ? "It ended before its first update." : "");
            }
        } catch (SettingException | ReplayException e) {
            return new Best(what, null, String.valueOf(e.getMessage()));
        }
    }

    /** Follows the torso. */
    private static final class Track extends FilteredGame {

        private final double[] bodies = new double[Game.BODY_VALUES];
        private final List<Point> points = new ArrayList<>();

        Track(Game game) {
            super(game);
        }

        @Override
        protected void afterReset() {
            points.clear();
        }

        @Override
        protected void afterUpdate(int keys) {
            readBodies(bodies, 0);
            points.add(new Point(scoreTime(), bodies[0] / Units.PER_METRE));
        }
    }
}
