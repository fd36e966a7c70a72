package io.github.qwop.learn.problems;

import io.github.qwop.random.RandomStream;

/**
 * A pole on a cart that is pushed left or right (Barto, Sutton and Anderson, 1983), with Gym's constants: every step
 * pays 1, and the episode is over when cart or pole leave their range.
 */
public final class CartPole extends Problem {

    private static final double GRAVITY = 9.8;
    private static final double CART_MASS = 1;
    private static final double POLE_MASS = 0.1;
    private static final double HALF_LENGTH = 0.5;
    private static final double FORCE = 10;
    private static final double SECONDS_PER_STEP = 0.02;
    private static final double MAX_POSITION = 2.4;
    private static final double MAX_ANGLE = Math.toRadians(12);
    private static final double START_RANGE = 0.05;

    /** Environments before their first reset. */
    public CartPole(int envs, int maxEpisodeSteps, long seed) {
        super(envs, 4, 2, maxEpisodeSteps, seed);
    }

    @Override
    protected void start(double[] state, RandomStream random) {
        for (int i = 0; i < state.length; i++) {
            state[i] = START_RANGE * (2 * random.nextDouble() - 1);
        }
    }

    /** The state is position, its velocity, the pole's angle, its velocity. */
    @Override
    protected double play(double[] state, int action, RandomStream random) {
        double mass = CART_MASS + POLE_MASS;
        double force = action == 1 ? FORCE : -FORCE;
        double cos = StrictMath.cos(state[2]);
        double sin = StrictMath.sin(state[2]);
        double push = (force + POLE_MASS * HALF_LENGTH * state[3] * state[3] * sin) / mass;
        double turning = (GRAVITY * sin - cos * push) / (HALF_LENGTH * (4.0 / 3 - POLE_MASS * cos * cos / mass));
        double acceleration = push - POLE_MASS * HALF_LENGTH * turning * cos / mass;
        state[0] += SECONDS_PER_STEP * state[1];
        state[1] += SECONDS_PER_STEP * acceleration;
        state[2] += SECONDS_PER_STEP * state[3];
        state[3] += SECONDS_PER_STEP * turning;
        return 1;
    }

    @Override
    protected boolean isOver(double[] state) {
        return Math.abs(state[0]) > MAX_POSITION || Math.abs(state[2]) > MAX_ANGLE;
    }
}
