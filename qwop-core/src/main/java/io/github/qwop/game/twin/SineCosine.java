package io.github.qwop.game.twin;

import io.github.qwop.game.Trigonometry;

/** Sine and cosine of one angle together, bit for bit those of a known library. Not thread safe. */
public abstract sealed class SineCosine permits Fdlibm, Glibc {

    /** Sine of the last angle. */
    double sin;

    /** Cosine of the last angle. */
    double cos;

    SineCosine() {}

    /** The sine and cosine of a library. */
    public static SineCosine of(Trigonometry trigonometry) {
        return trigonometry == Trigonometry.GLIBC ? new Glibc() : new Fdlibm();
    }

    /** Computes sine and cosine of an angle in radians. */
    abstract void of(double angle);

    /**
     * Sets sine and cosine from those of an angle that was reduced by quarter turns.
     *
     * @param quarters how many quarter turns were taken off
     * @param s the reduced angle's sine
     * @param c the reduced angle's cosine
     */
    final void turn(int quarters, double s, double c) {
        switch (quarters & 3) {
            case 0 -> {
                sin = s;
                cos = c;
            }
            case 1 -> {
                sin = c;
                cos = -s;
            }
            case 2 -> {
                sin = -s;
                cos = -c;
            }
            default -> {
                sin = -c;
                cos = s;
            }
        }
    }

    /** The sine of an angle in radians. */
    public final double sineOf(double angle) {
        of(angle);
        return sin;
    }

    /** The cosine of an angle in radians. */
    public final double cosineOf(double angle) {
        of(angle);
        return cos;
    }
}
