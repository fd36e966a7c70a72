package io.github.qwop.schedule;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value that changes over a training, by the strings of qwop-gym's configurations; p is the progress remaining, from
 * 1 to 0. A plain number is a constant.
 */
public sealed interface Schedule {

    /** {@code const_V}. */
    record Constant(double value) implements Schedule {
        @Override
        public double at(double progressRemaining) {
            return value;
        }

        @Override
        public String toString() {
            return "const_" + number(value);
        }
    }

    /** {@code lin_decay_V0_V1_F} with V0 &gt; V1 ≥ 0: V0 + (V1 − V0)·min(1, (1 − p)/F). */
    record LinearDecay(double initial, double last, double fraction) implements Schedule {
        @Override
        public double at(double progressRemaining) {
            double done = fraction == 0 ? 1 : Math.min(1, (1 - progressRemaining) / fraction);
            return initial + (last - initial) * done;
        }

        @Override
        public String toString() {
            return "lin_decay_" + number(initial) + "_" + number(last) + "_" + number(fraction);
        }
    }

    /**
     * {@code exp_decay_V0_V1_F_N} with V0 &gt; V1 &gt; 0: N steps over the first fraction F, each a factor
     * (V1/V0)^(1/N); the k-th happens when p &lt; 1 − F·k/N.
     */
    record ExponentialDecay(double initial, double last, double fraction, int stepCount) implements Schedule {
        @Override
        public double at(double progressRemaining) {
            // How many steps are taken: halving, because there may be as many as an int holds.
            int taken = 0;
            int most = stepCount;
            while (taken < most) {
                int middle = most - (most - taken) / 2;
                if (progressRemaining < 1 - fraction * middle / stepCount) {
                    taken = middle;
                } else {
                    most = middle - 1;
                }
            }
            return initial * Math.pow(last / initial, (double) taken / stepCount);
        }

        @Override
        public String toString() {
            return "exp_decay_" + number(initial) + "_" + number(last) + "_" + number(fraction) + "_" + stepCount;
        }
    }

    /** What the strings look like. */
    final class Form {
        private static final String NUMBER = "((?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)";

        /** As other settings have them: with {@code _} allowed between digits. */
        private static final Pattern PLAIN = Pattern.compile("[\\d._eE+-]+");

        private static final Pattern CONSTANT = Pattern.compile("(?:const_)?" + NUMBER);
        private static final Pattern LINEAR = Pattern.compile("lin_decay_" + NUMBER + "_" + NUMBER + "_" + NUMBER);
        private static final Pattern EXPONENTIAL =
                Pattern.compile("exp_decay_" + NUMBER + "_" + NUMBER + "_" + NUMBER + "_(\\d{1,9})");

        private Form() {}
    }

    /** The value at a progress remaining of 1 (begin) to 0 (end). */
    double at(double progressRemaining);

    /**
     * Reads a schedule.
     *
     * @throws IllegalArgumentException if it is none of the three forms, or its numbers do not decay
     */
    static Schedule parse(String text) {
        String given = text.strip();
        boolean plain = Form.PLAIN.matcher(given).matches();
        Matcher constant = Form.CONSTANT.matcher(plain ? given.replace("_", "") : given);
        if (constant.matches()) {
            double value = Double.parseDouble(constant.group(1));
            if (Double.isInfinite(value)) {
                throw refused(given);
            }
            return new Constant(value);
        }
        Matcher linear = Form.LINEAR.matcher(given);
        if (linear.matches()) {
            double[] v = numbers(given, linear);
            return new LinearDecay(v[0], v[1], v[2]);
        }
        Matcher exponential = Form.EXPONENTIAL.matcher(given);
        if (exponential.matches()) {
            double[] v = numbers(given, exponential);
            int stepCount = Integer.parseInt(exponential.group(4));
            if (stepCount < 1 || v[1] <= 0) {
                throw refused(given);
            }
            return new ExponentialDecay(v[0], v[1], v[2], stepCount);
        }
        throw refused(given);
    }

    private static double[] numbers(String given, Matcher matcher) {
        double initial = Double.parseDouble(matcher.group(1));
        double last = Double.parseDouble(matcher.group(2));
        double fraction = Double.parseDouble(matcher.group(3));
        if (!(initial > last) || Double.isInfinite(initial) || last < 0 || fraction > 1) {
            throw refused(given);
        }
        return new double[] {initial, last, fraction};
    }

    private static IllegalArgumentException refused(String given) {
        return new IllegalArgumentException(
                "the schedule \"" + given
                        + "\" is not understood: give const_V, lin_decay_V0_V1_F or exp_decay_V0_V1_F_N with V0 > V1,"
                        + " V1 at least 0 (exp_decay: above 0), F from 0 to 1 and N at least 1, such as lin_decay_0.001_0.0001_0.75.");
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
