package io.github.qwop.game.web;

import io.github.qwop.game.Game;

/** Places in the one array of doubles through which a page tells its game's state. Flags are 0 or 1. */
public final class PageState {

    /** First of the {@value Game#BODY_VALUES} values of the runner's parts. */
    public static final int BODIES = 0;

    /** What the last step returned. */
    public static final int PLAYED = BODIES + Game.BODY_VALUES;

    /** See {@link Game#scoreTime}. */
    public static final int SCORE_TIME = PLAYED + 1;

    /** See {@link Game#score}. */
    public static final int SCORE = SCORE_TIME + 1;

    /** See {@link Game#gameEnded}. */
    public static final int GAME_ENDED = SCORE + 1;

    /** See {@link Game#fallen}. */
    public static final int FALLEN = GAME_ENDED + 1;

    /** See {@link Game#jumped}. */
    public static final int JUMPED = FALLEN + 1;

    /** See {@link Game#jumpLanded}. */
    public static final int JUMP_LANDED = JUMPED + 1;

    /** The hurdle's base and top, x, y and angle of each: only the open page tells them. */
    public static final int HURDLE = JUMP_LANDED + 1;

    /** Number of doubles. */
    public static final int LENGTH = HURDLE + 6;

    private PageState() {}

    /**
     * Writes what every game tells: all but the hurdle.
     *
     * @param played what the last step returned
     * @param state receives the values from index 0 on
     */
    static void write(Game game, int played, double[] state) {
        game.readBodies(state, BODIES);
        state[PLAYED] = played;
        state[SCORE_TIME] = game.scoreTime();
        state[SCORE] = game.score();
        state[GAME_ENDED] = flag(game.gameEnded());
        state[FALLEN] = flag(game.fallen());
        state[JUMPED] = flag(game.jumped());
        state[JUMP_LANDED] = flag(game.jumpLanded());
    }

    private static int flag(boolean set) {
        return set ? 1 : 0;
    }
}
