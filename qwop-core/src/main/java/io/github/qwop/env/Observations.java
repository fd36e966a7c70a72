package io.github.qwop.env;

import io.github.qwop.game.BodyPart;
import io.github.qwop.game.Game;

/**
 * qwop-gym's observation: every value less its centre, divided by its half range, in single precision, clipped to ±1.
 * The order is that of {@link BodyPart}, with x, y, angle, vx, vy of each part.
 */
public final class Observations {

    /** Number of values. */
    public static final int SIZE = Game.BODY_VALUES;

    // Ranges: x −10 … 1050, y −10 … 10, angle −6 … 6, vx −20 … 60, vy −25 … 60.
    private static final float[] CENTRES = {520, 0, 0, 20, 17.5f};
    private static final float[] HALF_RANGES = {530, 10, 6, 40, 42.5f};

    private Observations() {}

    /** What each of the {@value #SIZE} values has subtracted. */
    public static float[] centres() {
        return repeat(CENTRES);
    }

    /** By what each of the {@value #SIZE} values is then divided. */
    public static float[] halfRanges() {
        return repeat(HALF_RANGES);
    }

    private static float[] repeat(float[] perPart) {
        float[] all = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            all[i] = perPart[i % BodyPart.VALUES];
        }
        return all;
    }

    /**
     * Normalises a state.
     *
     * @param bodies {@value #SIZE} values as {@link Game#readBodies} writes them
     * @param target receives {@value #SIZE} values in −1 … 1 from index {@code offset} on
     */
    public static void normalise(double[] bodies, float[] target, int offset) {
        for (int i = 0; i < SIZE; i += BodyPart.VALUES) {
            for (int j = 0; j < BodyPart.VALUES; j++) {
                float value = ((float) bodies[i + j] - CENTRES[j]) / HALF_RANGES[j];
                target[offset + i + j] = value < -1 ? -1 : value > 1 ? 1 : value;
            }
        }
    }
}
