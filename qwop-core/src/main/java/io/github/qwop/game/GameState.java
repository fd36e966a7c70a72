package io.github.qwop.game;

import java.util.List;
import java.util.Locale;

/**
 * All that a game tells, as {@value #VALUES} numbers, for comparing two of them: the 60 of the bodies, then score,
 * scoreTime, gameEnded, fallen, jumped and jumpLanded, flags as 0 or 1.
 */
public final class GameState {

    private static final List<BodyPart> PARTS = List.of(BodyPart.values());
    private static final List<String> OF_PART = List.of("x", "y", "angle", "vx", "vy");
    private static final List<String> OF_GAME =
            List.of("score", "scoreTime", "gameEnded", "fallen", "jumped", "jumpLanded");

    /** Number of values. */
    public static final int VALUES = Game.BODY_VALUES + 6;

    private GameState() {}

    /**
     * Reads a game.
     *
     * @param target receives {@value #VALUES} values from index 0 on
     */
    public static void read(Game game, double[] target) {
        game.readBodies(target, 0);
        int at = Game.BODY_VALUES;
        target[at++] = game.score();
        target[at++] = game.scoreTime();
        target[at++] = game.gameEnded() ? 1 : 0;
        target[at++] = game.fallen() ? 1 : 0;
        target[at++] = game.jumped() ? 1 : 0;
        target[at] = game.jumpLanded() ? 1 : 0;
    }

    /** Whose a value is: a body part's, such as {@code left foot}, or the {@code game}'s. */
    public static String part(int index) {
        return index < Game.BODY_VALUES
                ? PARTS.get(index / BodyPart.VALUES)
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' ')
                : "game";
    }

    /** What a value is: {@code x}, {@code y}, {@code angle}, {@code vx}, {@code vy}, or such as {@code score}. */
    public static String value(int index) {
        return index < Game.BODY_VALUES ? OF_PART.get(index % BodyPart.VALUES) : OF_GAME.get(index - Game.BODY_VALUES);
    }
}
