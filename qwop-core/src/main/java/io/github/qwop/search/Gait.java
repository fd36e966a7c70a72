package io.github.qwop.search;

import io.github.qwop.env.Context;
import io.github.qwop.game.BodyPart;
import io.github.qwop.game.Keys;
import java.util.List;

/**
 * A gait by hand, for searches without a policy: Q and P until the thighs are apart one way, W and O until they are
 * apart the other way. Alone it shuffles along on a knee and takes some 150 s for the 100 m; a search that plans its
 * steps goes faster with it.
 */
public final class Gait implements Prior {

    private static final int FRAMES = 4;

    private static final int ANGLE = 2;
    private static final int LEFT = angle(BodyPart.LEFT_THIGH);
    private static final int RIGHT = angle(BodyPart.RIGHT_THIGH);

    /** Left thigh's angle less the right one's, in radians: W holds until it is below the first, Q above the second. */
    private static final double LEAST = -5.25;

    private static final double MOST = -4.5;

    private static int angle(BodyPart part) {
        return List.of(BodyPart.values()).indexOf(part) * BodyPart.VALUES + ANGLE;
    }

    @Override
    public int framesPerDecision() {
        return FRAMES;
    }

    @Override
    public Player player() {
        return Gait::keys;
    }

    private static int keys(double[] bodies, Context context) {
        double apart = bodies[LEFT] - bodies[RIGHT];
        boolean heldQ = (context.keys() & Keys.Q) != 0;
        return apart < (heldQ ? MOST : LEAST) ? Keys.Q | Keys.P : Keys.W | Keys.O;
    }
}
