package io.github.qwop.examples;

import io.github.qwop.env.RewardShaper;
import io.github.qwop.game.BodyPart;

/** Takes something off the reward while the head moves down: a runner that is about to fall hears of it early. */
public final class CautiousReward implements RewardShaper {

    private static final float COST_PER_UNIT = 0.02f;

    /** Five values for each body part: x, y, angle, vx, vy; y points down, 10 units are a metre. */
    private static final int HEAD_Y = BodyPart.HEAD.ordinal() * BodyPart.VALUES + 1;

    @Override
    public float shape(float reward, double[] before, double[] after, boolean ended) {
        double fallen = after[HEAD_Y] - before[HEAD_Y];
        return fallen > 0 ? reward - COST_PER_UNIT * (float) fallen : reward;
    }
}
