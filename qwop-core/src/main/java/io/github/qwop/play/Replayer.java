package io.github.qwop.play;

import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.Recording;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.game.Game;
import io.github.qwop.game.Rules;
import io.github.qwop.game.twin.Twin;
import java.util.Locale;

/** Plays recordings again. */
public final class Replayer {

    private Replayer() {}

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
        play(recording, new QwopEnv(recording.spec(), game, RewardShaper.NONE, recording.random()), QwopEnv::step);
    }

    /**
     * Plays a recording from start to end.
     *
     * @param env begins as the recording did
     * @param player plays each of its actions
     * @throws ReplayException if it does not lead where it says; a distance of NaN says nothing
     */
    public static void play(Recording recording, QwopEnv env, Player player) throws ReplayException {
        env.reset();
        byte[] actions = recording.actions();
        for (int i = 0; i < actions.length; i++) {
            if (env.terminated()) {
                throw new ReplayException(reason(recording) + ": its episode ended after " + i + " of its "
                        + actions.length + " actions.");
            }
            player.step(env, actions[i]);
        }
        if (Double.isNaN(recording.distance())) {
            return;
        }
        Recording played = env.recording();
        if (played.distance() != recording.distance() || played.scoreTime() != recording.scoreTime()) {
            throw new ReplayException(String.format(
                    Locale.ROOT,
                    "%s: it says %s m after %s s and leads to %s m after %s s.",
                    reason(recording),
                    recording.distance(),
                    recording.scoreTime(),
                    played.distance(),
                    played.scoreTime()));
        }
    }

    /** Plays an action in an environment. */
    @FunctionalInterface
    public interface Player {
        void step(QwopEnv env, int action);
    }

    private static String reason(Recording recording) {
        return recording.rules() == Rules.VERSION
                ? "The recording is altered"
                : "The recording was made under version " + recording.rules()
                        + " of the game's rules and leads elsewhere" + " under version " + Rules.VERSION;
    }
}
