package io.github.qwop.report;

import java.util.Locale;

/** Figures as people read them; one that does not exist is a dash. */
final class Figures {

    private static final double MINUTE = 60;
    private static final double HOUR = 3600;

    private Figures() {}

    /** A figure with its unit. */
    static String of(double value, int decimals, String unit) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        // What rounds to nothing has no sign.
        text = text.matches("-[0.]+") ? text.substring(1) : text;
        return unit.isEmpty() ? text : text + " " + unit;
    }

    /** A difference, with its sign. */
    static String signed(double value, int decimals, String unit) {
        String text = of(value, decimals, unit);
        return text.matches("[0.,]*[1-9].*") ? "+" + text : text;
    }

    /** A share, 0 to 1, in per cent. */
    static String share(double value) {
        return of(100 * value, 0, "%");
    }

    /** A time: seconds below two minutes, minutes below two hours, else hours. */
    static String time(double seconds) {
        if (seconds < 2 * MINUTE) {
            return of(seconds, 0, "s");
        }
        return seconds < 2 * HOUR ? of(seconds / MINUTE, 0, "min") : of(seconds / HOUR, 1, "h");
    }
}
