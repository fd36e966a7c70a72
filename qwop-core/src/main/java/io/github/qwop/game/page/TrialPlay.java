package io.github.qwop.game.page;

import io.github.qwop.game.BodyPart;
import io.github.qwop.game.Game;
import io.github.qwop.game.GameState;
import io.github.qwop.game.Keys;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import java.util.List;
import java.util.Optional;

/**
 * A short play that tells whether a script's physics is the known game's: the twin, which equals that game in every
 * bit, plays beside it.
 *
 * <p>The keys drive most joints to their limits. Half of it is played at the start; then the runner stands before the
 * hurdle, stumbles over it and falls, so that feet, arms and hurdle all touch something and the limp runner moves too.
 * A changed constant shows in the first update that uses it. What acts only at the wall, in the sand pit or after a
 * rest is not tried here.
 */
final class TrialPlay {

    private static final int QO = Keys.Q | Keys.O;
    private static final int QP = Keys.Q | Keys.P;
    private static final int WO = Keys.W | Keys.O;
    private static final int WP = Keys.W | Keys.P;

    private static final int[] KEYS = {QO, WP, QP, QP, QP, WO, WO, WO, WO, QP};
    private static final int UPDATES_EACH = 8;

    /** Before which update the runner is moved, and by how much. */
    private static final int MOVE_AT = 40;

    private static final double MOVE = 492;

    /** Number of updates. */
    static final int UPDATES = KEYS.length * UPDATES_EACH;

    private static final List<String> OTHERS =
            List.of("the score", "the clock", "the end", "the fall", "the jump", "the landing");
    private static final List<String> VALUES = List.of("x", "y", "angle", "velocity in x", "velocity in y");

    private final double[] known = new double[GameState.VALUES];
    private final double[] found = known.clone();

    private final Trigonometry trigonometry;

    /** With what the page's sine and cosine compute. */
    TrialPlay(Trigonometry trigonometry) {
        this.trigonometry = trigonometry;
    }

    /** Plays from the canonical start; where the game first differs from the known one, as part of a sentence. */
    Optional<String> difference(GenuineGame game) {
        Twin twin = new Twin(trigonometry);
        game.reset();
        for (int update = 0; update < UPDATES; update++) {
            if (update == MOVE_AT) {
                game.shift(MOVE);
                twin.shift(MOVE);
            }
            int keys = KEYS[update / UPDATES_EACH];
            game.step(keys, 1);
            twin.step(keys, 1);
            GameState.read(game, found);
            GameState.read(twin, known);
            for (int i = 0; i < known.length; i++) {
                if (found[i] != known[i]) {
                    return Optional.of("at update " + (update + 1) + " of " + UPDATES + " " + name(i) + " is "
                            + found[i] + " instead of " + known[i]);
                }
            }
        }
        return Optional.empty();
    }

    private static String name(int value) {
        if (value >= Game.BODY_VALUES) {
            return OTHERS.get(value - Game.BODY_VALUES);
        }
        return "the " + GameState.part(value) + "'s " + VALUES.get(value % BodyPart.VALUES);
    }
}
