package io.github.qwop.report.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * An axis: the range that it spans and the round values that are marked on it.
 *
 * @param min its first value
 * @param max its last value, above {@code min}
 * @param ticks the values marked, rising
 * @param logarithmic whether equal ways are equal factors
 */
public record Scale(double min, double max, List<Double> ticks, boolean logarithmic) {

    private static final double MILLION = 1e6;
    private static final double THOUSAND = 1e3;
    private static final double THOUSANDS_FROM = 1e4;
    private static final double SMALL = 1e-5;
    private static final int DIGITS = 6;

    /** Rounding must not drop a tick that lies on the range's end. */
    private static final double SLACK = 1e-9;

    /** A damaged file can have any number; a step of this axis would be none. */
    private static final double NOTHING = 1e-300;

    /**
     * An axis from one value to another, exactly.
     *
     * @param about how many steps between ticks are wanted
     */
    static Scale exactly(double low, double high, int about) {
        double end = differ(low, high) ? high : Math.max(low + 1, low + Math.abs(low));
        return exactly(low, end, step(end - low, about));
    }

    private static Scale exactly(double low, double end, double step) {
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - SLACK); i * step <= end + SLACK * step; i++) {
            ticks.add(i * step);
        }
        return new Scale(low, end, List.copyOf(ticks), false);
    }

    /** What differs in the last digits alone, or by next to nothing, is one value: no steps fit between. */
    private static boolean differ(double low, double high) {
        return high - low > Math.max(SLACK * Math.max(Math.abs(low), Math.abs(high)), NOTHING);
    }

    /** An axis around two values, from tick to tick. */
    static Scale around(double low, double high, int about) {
        double wide = differ(low, high) ? high - low : Math.max(Math.abs(high), 1);
        double step = step(wide, about);
        double first = Math.floor(low / step + SLACK) * step;
        double last = Math.ceil(Math.max(high, low + step / 2) / step - SLACK) * step;
        return exactly(first, last, step);
    }

    /** A logarithmic axis around two values above 0; its ticks are powers of ten, and 2 and 5 times those if few. */
    static Scale logarithmic(double low, double high) {
        int first = (int) Math.floor(Math.log10(low));
        int last = (int) Math.ceil(Math.log10(high));
        if (last == first) {
            last++;
        }
        List<Double> ticks = new ArrayList<>();
        int stride = (last - first + 4) / 5;
        for (int exponent = first; exponent <= last; exponent += stride) {
            ticks.add(Math.pow(10, exponent));
            if (last - first <= 2 && exponent < last) {
                ticks.add(2 * Math.pow(10, exponent));
                ticks.add(5 * Math.pow(10, exponent));
            }
        }
        return new Scale(Math.pow(10, first), Math.pow(10, last), List.copyOf(ticks), true);
    }

    /** The round number, 1, 2 or 5 times a power of ten, that divides a range into at most so many steps. */
    static double step(double range, int about) {
        double raw = range / about;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        for (int factor : new int[] {1, 2, 5}) {
            if (factor * power >= raw * (1 - SLACK)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** Where a value lies: 0 at the axis's beginning, 1 at its end. */
    public double place(double value) {
        if (logarithmic) {
            return Math.log(value / min) / Math.log(max / min);
        }
        return (value - min) / (max - min);
    }

    /** A round value in few characters: 2.5 M, 20 k, 0.001. */
    public static String label(double value) {
        double size = Math.abs(value);
        if (size >= MILLION) {
            return plain(value / MILLION) + " M";
        }
        if (size >= THOUSANDS_FROM) {
            return plain(value / THOUSAND) + " k";
        }
        if (size > 0 && size < SMALL) {
            return new BigDecimal(value)
                    .round(new MathContext(2))
                    .stripTrailingZeros()
                    .toString();
        }
        return plain(value);
    }

    private static String plain(double value) {
        BigDecimal round = new BigDecimal(value).round(new MathContext(DIGITS));
        return round.signum() == 0 ? "0" : round.stripTrailingZeros().toPlainString();
    }
}
