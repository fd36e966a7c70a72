package io.github.qwop.run.replay;

import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.Recording;
import io.github.qwop.env.RecordingFormat;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.game.Game;
import io.github.qwop.game.Rules;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Plays recordings again. */
public final class Replay {

    /** A recording keeps its figures in single precision; they must come back exactly. */
    private static final double EXACTLY = 0;

    private Replay() {}

    /**
     * Reads a recording.
     *
     * @param file the file; null for the run's best episode
     * @throws SettingException if it is missing or no recording
     */
    public static Recording read(RunDirectory run, @Nullable String file) {
        Path path = file == null ? run.bestRecording() : Path.of(file);
        if (!Files.isRegularFile(path)) {
            throw new SettingException("The recording " + path
                    + " does not exist: run qwop:evaluate first, or set recording to a file of a run's recordings.");
        }
        try {
            return read(path);
        } catch (IOException e) {
            throw new SettingException("The recording " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a recording in our format.
     *
     * @throws IOException if the file cannot be read or is no recording; the message names the line or the field
     */
    public static Recording read(Path file) throws IOException {
        // Bytes that are no UTF-8 become characters that no recording has, and are refused with the line they stand in.
        return RecordingFormat.read(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    }

    /**
     * A recording as the keys of its updates.
     *
     * @throws ReplayException if it does not lead where it says
     */
    public static KeySequence keys(Recording recording) throws ReplayException {
        try (Game twin = new Twin(recording.trigonometry())) {
            KeyLog log = new KeyLog(twin);
            play(recording, log);
            return new KeySequence(log.keys(), recording.trigonometry());
        }
    }

    /**
     * Plays a recording from start to end.
     *
     * @param game where it is played, with the recording's sine and cosine; not closed
     * @throws ReplayException if it does not lead where it says
     */
    public static void play(Recording recording, Game game) throws ReplayException {
        QwopEnv env = new QwopEnv(recording.spec(), game, RewardShaper.NONE, recording.random());
        env.reset();
        byte[] actions = recording.actions();
        for (int i = 0; i < actions.length; i++) {
            if (env.terminated()) {
                throw new ReplayException(reason(recording) + ": its episode ended after " + i + " of its "
                        + actions.length + " actions.");
            }
            env.step(actions[i]);
        }
        double distance = env.distance();
        if (!(Math.abs(distance - recording.distance()) <= EXACTLY)
                || !(Math.abs(game.scoreTime() - recording.scoreTime()) <= EXACTLY)) {
            throw new ReplayException(String.format(
                    Locale.ROOT,
                    "%s: it says %s m after %s s and leads to %s m after %s s.",
                    reason(recording),
                    recording.distance(),
                    recording.scoreTime(),
                    distance,
                    game.scoreTime()));
        }
    }

    private static String reason(Recording recording) {
        return recording.rules() == Rules.VERSION
                ? "The recording is altered"
                : "The recording was made under version " + recording.rules()
                        + " of the game's rules and leads elsewhere" + " under version " + Rules.VERSION;
    }
}
