package io.github.qwop.run.training;

import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.Recording;
import io.github.qwop.env.RecordingFormat;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.env.Split;
import io.github.qwop.env.StartNoise;
import io.github.qwop.file.InputFile;
import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.play.DemonstrationPlayer;
import io.github.qwop.play.FilteredGame;
import io.github.qwop.play.ReplayException;
import io.github.qwop.play.Replayer;
import io.github.qwop.run.RecordingFile;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Recordings to imitate, from files and from whole folders: our {@code .qwop}, which hold one episode each, and
 * qwop-gym's {@code .rec}, of which the kept episodes count. A {@code .rec} tells neither its frames per step nor its
 * actions: they are taken to be the environment's; nor whose sine the browser had, nor how often the game was restarted
 * first: what fits is tried. Its episodes are played on the twin, one after another as qwop-gym plays them, and one
 * that does not end at its last action, as all did when they were recorded, is left out.
 */
final class DemonstrationFiles {

    private static final String OURS = ".qwop";
    private static final String GYM = ".rec";

    private DemonstrationFiles() {}

    /**
     * What was seen and done in an episode, by which two are the same. Equal actions alone do not make them so: an
     * episode of a {@code .rec} depends on what the ones before it have left in the page.
     */
    private record Happened(FloatBuffer seen, IntBuffer done, FloatBuffer last) {

        static Happened of(Demonstrations shown) {
            return new Happened(
                    FloatBuffer.wrap(shown.observations()),
                    IntBuffer.wrap(shown.actions()),
                    FloatBuffer.wrap(shown.finalObservations()));
        }
    }

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
                throw refused(path, Files.exists(given) ? "a pipe or a device" : "neither a file nor a folder");
            } else if (!isRecording(given)) {
                throw refused(path, "no recording by its name");
            } else if (Files.size(given) > InputFile.MOST_TEXT) {
                throw refused(path, "larger than any recording");
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
                + ": give files that end in .qwop, as qwop:record writes them, or in .rec, as qwop-gym does, or"
                + " folders of such files.");
    }

    /**
     * Plays the recordings of some files; an episode that is there twice counts once.
     *
     * @param environment what the demonstrations are for, and what a {@code .rec} was recorded in
     * @param games makes the games that our own recordings are played on
     * @param listener hears what was left out
     * @throws SettingException if a file cannot be used, whose name the message says, or if all hold no step
     */
    static Demonstrations replay(
            List<Path> files,
            EnvSpec environment,
            RewardShaper shaper,
            Function<Trigonometry, ? extends Game> games,
            RunListener listener) {
        DemonstrationPlayer player = new DemonstrationPlayer(environment, shaper);
        Set<Happened> known = new HashSet<>();
        int tests = 0;
        List<Demonstrations> parts = new ArrayList<>();
        parts.add(Demonstrations.none(environment.observation().size(), environment.actionCount()));
        for (Path file : files) {
            try {
                if (file.getFileName().toString().endsWith(GYM)) {
                    parts.addAll(replayGym(file, player, known, listener));
                } else {
                    Recording recording = RecordingFile.read(file);
                    Demonstrations one = player.play(recording, games.apply(recording.trigonometry()));
                    if (known.add(Happened.of(one))) {
                        parts.add(one);
                        tests += recording.split() == Split.TEST ? 1 : 0;
                    }
                }
            } catch (ReplayException e) {
                throw new SettingException(
                        "The demonstration " + file + " cannot be used: " + e.getMessage()
                                + " Give recordings as qwop:record wrote them.",
                        e);
            } catch (IOException | IllegalArgumentException e) {
                throw new SettingException("The demonstration " + file + " cannot be used: " + e.getMessage(), e);
            }
        }
        Demonstrations shown = Demonstrations.joined(parts);
        if (shown.count() == 0) {
            throw new SettingException("demonstrations are " + files
                    + ", which hold no step to imitate: give recordings of kept episodes with at least one action.");
        }
        if (tests > 0) {
            listener.warn(
                    "Of the demonstrations " + tests + " are test episodes, as qwop:evaluate plays and keeps them:"
                            + " an evaluation begins where what it judges has been shown the way, and flatters it; give"
                            + " recordings of qwop:record, which plays others.");
        }
        return shown;
    }

    private static List<Demonstrations> replayGym(
            Path file, DemonstrationPlayer player, Set<Happened> known, RunListener listener)
            throws IOException, ReplayException {
        // As with our own recordings, bytes that are no UTF-8 are refused with the line they stand in.
        String text = InputFile.text(file);
        List<RecordingFormat.GymEpisode> episodes = RecordingFormat.readGym(new StringReader(text));
        List<Recording> recordings = episodes.stream()
                .map(episode -> recording(episode.actions(), player.environment()))
                .toList();
        List<Boolean> wanted =
                episodes.stream().map(RecordingFormat.GymEpisode::kept).toList();
        Fit fit = Fit.best(recordings, wanted);
        listener.info("The demonstration " + file + " fits " + fit + ".");
        List<Demonstrations> shown = new ArrayList<>();
        try (GymPage page = new GymPage(fit.trigonometry(), fit.restarts())) {
            for (int i = 0; i < recordings.size(); i++) {
                Recording recording = recordings.get(i);
                if (wanted.get(i) && fit.whole().get(i)) {
                    Demonstrations one = player.play(recording, page);
                    if (known.add(Happened.of(one))) {
                        shown.add(one);
                    }
                } else {
                    // It has left its traces in the page in which the next one was played.
                    endsAtItsLastAction(recording, page);
                }
            }
        }
        int kept = fit.kept();
        int lost = kept - fit.ending();
        if (lost > 0) {
            String sentence = lost + " of its " + kept
                    + " kept episodes do not end at their last action, as they did when they were recorded";
            if (lost == kept) {
                throw new IllegalArgumentException(
                        sentence + ": set environment.framesPerStep and environment.actionSet to what they were then.");
            }
            listener.warn("The demonstration " + file + " is used in part: " + sentence + ", and are left out.");
        }
        return shown;
    }

    private static Recording recording(byte[] actions, EnvSpec environment) {
        return new Recording(
                environment.framesPerStep(),
                environment.actionSet(),
                StartNoise.NOTHING,
                Recording.NO_RANDOM,
                actions,
                Double.NaN,
                Double.NaN,
                false);
    }

    private static boolean endsAtItsLastAction(Recording recording, GymPage page) {
        QwopEnv env = new QwopEnv(recording.spec(), page, RewardShaper.NONE, recording.random());
        try {
            Replayer.play(recording, env, QwopEnv::step);
            return env.terminated();
        } catch (ReplayException e) {
            return false;
        }
    }

    /**
     * How a {@code .rec} was recorded, which it does not tell: found by what makes its kept episodes end at their last
     * actions, as they did then.
     *
     * @param trigonometry whose sine and cosine the browser had
     * @param restarts how often the game was restarted before the first episode
     * @param wanted whether each episode was kept
     * @param whole whether each ends at its last action
     */
    private record Fit(Trigonometry trigonometry, int restarts, List<Boolean> wanted, List<Boolean> whole) {

        /** What fits most kept episodes; a tie is fdlibm's and two restarts, as qwop-gym's own replay has. */
        static Fit best(List<Recording> recordings, List<Boolean> wanted) {
            Fit best = null;
            for (Trigonometry trigonometry : Trigonometry.values()) {
                for (int restarts = GymPage.MOST_RESTARTS; restarts > 0; restarts--) {
                    Fit fit = of(trigonometry, restarts, recordings, wanted);
                    if (best == null || fit.ending() > best.ending()) {
                        best = fit;
                    }
                    if (best.ending() == best.kept()) {
                        return best;
                    }
                }
            }
            return Objects.requireNonNull(best);
        }

        private static Fit of(
                Trigonometry trigonometry, int restarts, List<Recording> recordings, List<Boolean> wanted) {
            try (GymPage page = new GymPage(trigonometry, restarts)) {
                return new Fit(
                        trigonometry,
                        restarts,
                        wanted,
                        recordings.stream()
                                .map(recording -> endsAtItsLastAction(recording, page))
                                .toList());
            }
        }

        int kept() {
            return Collections.frequency(wanted, true);
        }

        int ending() {
            int count = 0;
            for (int i = 0; i < whole.size(); i++) {
                count += wanted.get(i) && whole.get(i) ? 1 : 0;
            }
            return count;
        }

        @Override
        public String toString() {
            return trigonometry.text() + "'s sine and cosine and "
                    + (restarts == 1 ? "one restart" : "two restarts") + " before its first episode best: " + ending()
                    + " of its " + kept() + " kept episodes end at their last action";
        }
    }

    /**
     * The page in which qwop-gym plays one episode after another: it restarts the game by the game's own restart, of
     * which something of the episode before leaks into the next, and plays one more update. Before the first episode it
     * restarts twice, as qwop-gym's own replay does.
     */
    private static final class GymPage extends FilteredGame {

        static final int MOST_RESTARTS = 2;

        private final Twin twin;
        private boolean restarted;

        GymPage(Trigonometry trigonometry, int restarts) {
            this(new Twin(trigonometry), restarts);
        }

        private GymPage(Twin twin, int restarts) {
            super(twin);
            this.twin = twin;
            // The canonical start, which the twin is at, is a fresh page after one restart.
            twin.update(Keys.NONE);
            restarted = restarts == 1;
        }

        @Override
        protected void restart() {
            if (!restarted) {
                twin.softReset(Keys.NONE);
                twin.update(Keys.NONE);
            }
            restarted = false;
        }

        @Override
        protected void afterReset() {}

        @Override
        protected void afterUpdate(int keys) {}
    }
}
