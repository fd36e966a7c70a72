package io.github.qwop.env;

import io.github.qwop.game.BodyPart;
import io.github.qwop.game.Game;
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
    QWOP_GYM(0, false, 1) {
        // Ranges: x −10 … 1050, y −10 … 10, angle −6 … 6, vx −20 … 60, vy −25 … 60.
        @Override
        float[] ofTorso(boolean centre) {
            return centre ? new float[] {520, 0, 0, 20, 17.5f} : new float[] {530, 10, 6, 40, 42.5f};
        }

        @Override
        float[] ofLimb(boolean centre) {
            return ofTorso(centre);
        }
    },

    /**
     * Of the torso x (which knows hurdle and sand), y, angle, vx, vy; of every other part x, y, vx, vy less the
     * torso's, and its angle; then the seven values of the context: which of Q, W, O, P were held in the last decision,
     * and whether the hips' limits are those of the start, of O or of P. Each is scaled by its spread over play,
     * clipped to ±8.
     */
    RELATIVE(Context.SIZE, true, 8) {
        // Spreads over episodes of a running policy and of random keys; see the benchmark ObservationSpread.
        @Override
        float[] ofTorso(boolean centre) {
            return centre ? new float[] {500, -1.5f, 0, 15, 0} : new float[] {300, 1.5f, 0.6f, 10, 8};
        }

        @Override
        float[] ofLimb(boolean centre) {
            return centre ? new float[] {0, 3, 0, 0, 0} : new float[] {3, 4, 1, 12, 12};
        }
    };

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
            centres[i] = !body ? 0 : torso ? ofTorso(true)[value] : ofLimb(true)[value];
            scales[i] = !body ? 1 : torso ? ofTorso(false)[value] : ofLimb(false)[value];
        }
    }

    /** Centres, or scales, of the torso's five values. */
    abstract float[] ofTorso(boolean centre);

    /** Centres, or scales, of another part's five values. */
    abstract float[] ofLimb(boolean centre);

    /** The name in a POM and in files. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
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
        return (first * scales[0] + centres[0]) / 10;
    }
}
