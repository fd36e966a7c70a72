package io.github.qwop.env;

import io.github.qwop.game.BodyPart;
import io.github.qwop.game.Game;
import io.github.qwop.game.Units;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a policy sees of a state, from its 60 numbers ({@link Game#readBodies}: x, y, angle, vx, vy of each
 * {@link BodyPart}) and the keys so far. Raw values in single precision, less another raw value where the form says so,
 * less a centre, divided by a scale, clipped: an exported network does the same inside.
 */
@SuppressWarnings("ImmutableEnumChecker") // Its arrays are never written after construction.
public enum Observation {

    /**
     * qwop-gym's: every value less its centre, divided by its half range, clipped to ±1. A limb's place relative to the
     * torso is lost in it: x is divided by 530.
     */
    QWOP_GYM(0, false, 1),

    /**
     * Of the torso x (which knows hurdle and sand), y, angle, vx, vy; of every other part x, y, vx, vy less the
     * torso's, and its angle; then the seven values of the context: which of Q, W, O, P were held in the last decision,
     * and whether the hips' limits are those of the start, of O or of P. Each is less its mean over play and divided by
     * its deviation, which the benchmark ObservationSpread measured; clipped to ±16, which nothing that happens
     * exceeds.
     */
    RELATIVE(Context.SIZE, true, 16);

    /** Place of the angle among a part's values: it is the only one that has no place. */
    private static final int ANGLE = 2;

    private static final int NONE = -1;

    private final int contextSize;
    private final float limit;
    private final int[] references;
    private final float[] centres;
    private final float[] scales;

    Observation(int contextSize, boolean relative, float limit) {
        this.contextSize = contextSize;
        this.limit = limit;
        int size = Game.BODY_VALUES + contextSize;
        references = new int[size];
        centres = new float[size];
        scales = new float[size];
        for (int i = 0; i < size; i++) {
            int value = i % BodyPart.VALUES;
            boolean torso = i < BodyPart.VALUES;
            boolean body = i < Game.BODY_VALUES;
            references[i] = relative && body && !torso && value != ANGLE ? value : NONE;
            centres[i] = !body ? 0 : relative ? Spread.MEANS[i] : Ranges.CENTRES[value];
            scales[i] = !body ? 1 : relative ? Spread.DEVIATIONS[i] : Ranges.HALVES[value];
        }
    }

    /** The name in a POM and in files. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Size of the longest form. */
    public static int longest() {
        return Arrays.stream(values()).mapToInt(Observation::size).max().orElseThrow();
    }

    /** Number of values: 60 of the bodies, and those of the context if the form has them. */
    public int size() {
        return Game.BODY_VALUES + contextSize;
    }

    /** For each value the number of the raw value that is taken off it, one of the torso's, or −1. */
    public int[] references() {
        return references.clone();
    }

    /** What each value then has subtracted. */
    public float[] centres() {
        return centres.clone();
    }

    /** By what each value is then divided. */
    public float[] scales() {
        return scales.clone();
    }

    /** Values are clipped to ± this. */
    public float limit() {
        return limit;
    }

    /**
     * Writes the raw values, which an exported network takes.
     *
     * @param bodies 60 values as {@link Game#readBodies} writes them
     * @param target receives {@link #size} values from index {@code offset} on
     */
    void raw(double[] bodies, Context context, float[] target, int offset) {
        for (int i = 0; i < Game.BODY_VALUES; i++) {
            target[offset + i] = (float) bodies[i];
        }
        if (contextSize > 0) {
            context.write(target, offset + Game.BODY_VALUES);
        }
    }

    /**
     * Writes what a network sees.
     *
     * @param bodies 60 values as {@link Game#readBodies} writes them
     * @param target receives {@link #size} values from index {@code offset} on
     */
    public void observe(double[] bodies, Context context, float[] target, int offset) {
        raw(bodies, context, target, offset);
        normalise(target, offset);
    }

    /**
     * Makes raw values into what a network sees, in place.
     *
     * @param values {@link #size} values from index {@code offset} on
     */
    public void normalise(float[] values, int offset) {
        // From the end: the torso's, which others refer to, come first and are replaced last.
        for (int i = references.length - 1; i >= 0; i--) {
            float value = values[offset + i];
            if (references[i] >= 0) {
                value -= values[offset + references[i]];
            }
            value = (value - centres[i]) / scales[i];
            values[offset + i] = value < -limit ? -limit : value > limit ? limit : value;
        }
    }

    /**
     * How far the torso is.
     *
     * @param first the first value of an observation
     * @return metres
     */
    public float metres(float first) {
        return (first * scales[0] + centres[0]) / (float) Units.PER_METRE;
    }

    /** qwop-gym's: x −10 … 1050, y −10 … 10, angle −6 … 6, vx −20 … 60, vy −25 … 60. */
    private static final class Ranges {

        static final float[] CENTRES = {520, 0, 0, 20, 17.5f};
        static final float[] HALVES = {530, 10, 6, 40, 42.5f};
    }

    /**
     * Over 200 episodes of a running policy, every tenth action a random one; the torso's x is spread over the track.
     */
    private static final class Spread {

        static final float[] MEANS = {
            500, -1.1f, -1.7f, 11.5f, 0.3f, // torso
            -0.2f, -3.7f, -0.2f, 0, 0.05f, // head
            0.4f, -1, 1.5f, -0.03f, 0, // left arm
            1.9f, 4.9f, -1.5f, -0.3f, -0.2f, // left calf
            2.2f, 6.7f, 0.3f, -0.3f, -0.1f, // left foot
            1.4f, -0.3f, -0.6f, -0.1f, -0.05f, // left forearm
            1.2f, 2.7f, -2.5f, -0.2f, -0.2f, // left thigh
            -1.2f, -0.9f, -1.5f, 0.02f, 0.01f, // right arm
            -0.5f, 6.4f, -0.8f, -0.2f, -0.1f, // right calf
            -1.6f, 8.3f, 0.8f, -0.2f, -0.1f, // right foot
            -0.2f, 0.3f, -2.9f, 0.04f, -0.07f, // right forearm
            0.5f, 3.6f, 1.2f, -0.1f, -0.09f, // right thigh
        };

        static final float[] DEVIATIONS = {
            290, 1.09f, 0.35f, 3.89f, 2.49f, // torso
            1.26f, 0.5f, 0.42f, 2.33f, 1, // head
            0.8f, 0.34f, 0.56f, 1.92f, 1.13f, // left arm
            3.15f, 2.35f, 0.86f, 7.39f, 6.45f, // left calf
            4.73f, 3.22f, 1.05f, 10.59f, 8.92f, // left foot
            1.08f, 0.87f, 0.63f, 3.11f, 2.86f, // left forearm
            1.2f, 1.03f, 0.88f, 2.69f, 2.74f, // left thigh
            0.62f, 0.45f, 0.85f, 1.64f, 1.26f, // right arm
            2.62f, 1.13f, 0.52f, 6.63f, 4.24f, // right calf
            3.66f, 1.39f, 0.85f, 8.88f, 4.59f, // right foot
            1.65f, 1.3f, 0.96f, 4.82f, 4.1f, // right forearm
            1.15f, 0.72f, 0.63f, 2.75f, 2.43f, // right thigh
        };
    }
}
