package io.github.qwop.examples

import io.github.qwop.env.RewardShaper
import io.github.qwop.game.BodyPart
import kotlin.math.abs

/** Takes a little off the reward for each radian that the torso leans away from where it stands at the start. */
class UprightReward : RewardShaper {

    override fun shape(reward: Float, before: DoubleArray, after: DoubleArray, ended: Boolean): Float =
        if (ended) reward else reward - COST_PER_RADIAN * abs(after[TORSO_ANGLE] - UPRIGHT).toFloat()

    private companion object {
        const val COST_PER_RADIAN = 0.01f

        /** Five values for each body part: x, y, angle, vx, vy. */
        val TORSO_ANGLE = BodyPart.TORSO.ordinal * BodyPart.VALUES + 2

        /** The torso's angle at the start, in radians. */
        const val UPRIGHT = -1.25
    }
}
