/*
 * The polynomials, constants and the reduction are those of fdlibm 5.3, k_sin.c, k_cos.c and e_rem_pio2.c:
 *
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
 *
 * Developed at SunSoft, a Sun Microsystems, Inc. business.
 * Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is
 * preserved.
 */
package io.github.qwop.game.twin;

/**
 * Sine and cosine of one angle together, equal to {@link StrictMath} bit for bit, in double arithmetic alone:
 * JavaScript engines that interpret are slow with 64-bit integers, so where fdlibm looks at an exponent this compares
 * doubles.
 */
final class Fdlibm extends SineCosine {

    private static final double QUARTER_PI = 0x1.921fcp-1;
    /** Below this a sine is its angle. */
    private static final double TINY = 0x1p-27;
    /** From here on fdlibm subtracts in steps of π/2 with a rounded multiple. */
    private static final double THREE_QUARTERS_PI = 0x1.2d97cp1;
    /** From here on fdlibm needs the Payne–Hanek reduction; no joint turns that often. */
    private static final double LARGE = 0x1.921fcp20;

    private static final double TWO_OVER_PI = 0.6366197723675814;
    private static final double PIO2_1 = 1.5707963267341256;
    private static final double PIO2_1T = 6.077100506506192E-11;
    private static final double PIO2_2 = 6.077100506303966E-11;
    private static final double PIO2_2T = 2.0222662487959506E-21;
    private static final double PIO2_3 = 2.0222662487111665E-21;
    private static final double PIO2_3T = 8.4784276603689E-32;

    private static final double S1 = -0.16666666666666632;
    private static final double S2 = 0.00833333333332249;
    private static final double S3 = -0.0001984126982985795;
    private static final double S4 = 2.7557313707070068E-06;
    private static final double S5 = -2.5050760253406863E-08;
    private static final double S6 = 1.58969099521155E-10;

    private static final double C1 = 0.0416666666666666;
    private static final double C2 = -0.001388888888887411;
    private static final double C3 = 2.480158728947673E-05;
    private static final double C4 = -2.7557314351390663E-07;
    private static final double C5 = 2.087572321298175E-09;
    private static final double C6 = -1.1359647557788195E-11;

    @Override
    void of(double angle) {
        boolean negative = angle < 0;
        double x = negative ? -angle : angle;
        if (x < TINY) {
            sin = angle;
            cos = 1;
            return;
        }
        if (x < QUARTER_PI) {
            sin = sine(angle);
            cos = cosine(x, 0);
            return;
        }
        int quadrant;
        double y;
        double tail;
        if (x < THREE_QUARTERS_PI) {
            quadrant = 1;
            double z = x - PIO2_1;
            if (x < 0x1.921fbp0 || x >= 0x1.921fcp0) {
                y = z - PIO2_1T;
                tail = (z - y) - PIO2_1T;
            } else {
                z = z - PIO2_2;
                y = z - PIO2_2T;
                tail = (z - y) - PIO2_2T;
            }
        } else if (x < LARGE) {
            quadrant = (int) (x * TWO_OVER_PI + 0.5);
            double n = quadrant;
            double r = x - n * PIO2_1;
            double w = n * PIO2_1T;
            y = r - w;
            if (quadrant >= Multiples.COUNT || (x >= Multiples.NEAR[quadrant] && x < Multiples.NEAR_END[quadrant])) {
                double power = powerOfTwo(x);
                if (below(y, power * 0x1p-16)) {
                    double t = r;
                    w = n * PIO2_2;
                    r = t - w;
                    w = n * PIO2_2T - ((t - r) - w);
                    y = r - w;
                    if (below(y, power * 0x1p-49)) {
                        t = r;
                        w = n * PIO2_3;
                        r = t - w;
                        w = n * PIO2_3T - ((t - r) - w);
                        y = r - w;
                    }
                }
            }
            tail = (r - y) - w;
        } else {
            sin = StrictMath.sin(angle);
            cos = StrictMath.cos(angle);
            return;
        }
        double ay = y < 0 ? -y : y;
        double s = ay < TINY ? y : sine(y, tail);
        double c = ay < TINY ? 1 : cosine(ay, y * tail);
        turn(quadrant, s, c);
        if (negative) {
            sin = -sin;
        }
    }

    private static boolean below(double value, double bound) {
        return value < bound && -value < bound;
    }

    /** The largest power of two that is not above x ≥ 1. */
    private static double powerOfTwo(double x) {
        double power = 1;
        while (power * 2 <= x) {
            power = power * 2;
        }
        return power;
    }

    private static double sine(double x) {
        double z = x * x;
        double v = z * x;
        double r = S2 + z * (S3 + z * (S4 + z * (S5 + z * S6)));
        return x + v * (S1 + z * r);
    }

    private static double sine(double x, double tail) {
        double z = x * x;
        double v = z * x;
        double r = S2 + z * (S3 + z * (S4 + z * (S5 + z * S6)));
        return x - ((z * (0.5 * tail - v * r) - tail) - v * S1);
    }

    /**
     * Cosine of x + tail.
     *
     * @param ax the magnitude of x
     * @param tailTerm x times its tail
     */
    private static double cosine(double ax, double tailTerm) {
        double z = ax * ax;
        double r = z * (C1 + z * (C2 + z * (C3 + z * (C4 + z * (C5 + z * C6)))));
        // Not z * r: TeaVM 0.15 would put r in place and print z * z * (…), another product.
        double correction = r * z - tailTerm;
        if (ax < 0x1.33333p-2) {
            return 1 - (0.5 * z - correction);
        }
        double q;
        if (ax >= 0x1.90001p-1) {
            q = 0.28125;
        } else if (ax < 0.5) {
            // A quarter of x, cut to the fraction bits of a double's high word.
            q = ((int) (ax * 0x1p22)) * 0x1p-24;
        } else {
            q = ((int) (ax * 0x1p21)) * 0x1p-23;
        }
        double half = 0.5 * z - q;
        return (1 - q) - (half - correction);
    }

    /**
     * Multiples of π/2, near which fdlibm reduces an angle with more bits. In a class of their own, because compiled to
     * JavaScript every method of a class with a static initialiser first asks whether it has run.
     */
    private static final class Multiples {

        static final int COUNT = 32;

        /** The multiples, each cut to the 20 bits of fraction in a double's high word. */
        static final double[] NEAR = new double[COUNT];

        /** The doubles that follow those of {@link #NEAR} in the high word. */
        static final double[] NEAR_END = new double[COUNT];

        private static final double HIGH_WORD = 0x1p20;

        static {
            for (int n = 1; n < COUNT; n++) {
                double multiple = n * 1.5707963267948966;
                double power = powerOfTwo(multiple);
                NEAR[n] = ((int) (multiple / power * HIGH_WORD)) / HIGH_WORD * power;
                NEAR_END[n] = power / HIGH_WORD + NEAR[n];
            }
        }
    }
}
