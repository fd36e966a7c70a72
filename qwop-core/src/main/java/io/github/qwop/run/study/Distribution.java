package io.github.qwop.run.study;

import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * What the values of a setting are drawn from: numbers between two others, or some values that are as likely.
 *
 * @param kind how the numbers lie, or that values are chosen
 * @param low the least
 * @param high the most
 * @param values to choose from; empty for numbers
 */
record Distribution(Kind kind, double low, double high, List<String> values) {

    /** Digits of a number that is drawn: more would say nothing, and nobody could read them. */
    private static final MathContext DIGITS = new MathContext(4);

    private static final String FORMS =
            "give log 1e-5 1e-3, uniform 0.9 0.999, int 2 8, log-int 16 512, or at least two"
                    + " values to choose from, as <value> elements or separated by commas.";

    /** How numbers lie between the least and the most. */
    enum Kind {
        /** Evenly. */
        UNIFORM,
        /** Their logarithms do, evenly. */
        LOG,
        /** Whole ones, evenly. */
        INT,
        /** Whole ones whose logarithms do, evenly. */
        LOG_INT,
        /** Not at all: values are chosen. */
        CHOICE
    }

    /** Copies the values. */
    Distribution {
        values = List.copyOf(values);
    }

    /**
     * Reads the text form: a kind and two numbers, or a list of values.
     *
     * @param name the setting's, for the message
     * @throws SettingException if it is no such text
     */
    static Distribution parse(String name, String text) {
        String[] words = text.strip().split("\\s+", -1);
        if (words.length == 3) {
            for (Kind kind : Kind.values()) {
                if (kind != Kind.CHOICE && kind.name().replace('_', '-').equalsIgnoreCase(words[0])) {
                    return between(name, kind, words[1], words[2]);
                }
            }
        }
        List<String> values = Settings.split(text);
        if (values.size() < 2 || values.contains("")) {
            throw refused(name, text);
        }
        return new Distribution(Kind.CHOICE, 0, 0, values);
    }

    private static Distribution between(String name, Kind kind, String from, String to) {
        String text = kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + " " + from + " " + to;
        double low;
        double high;
        try {
            low = Double.parseDouble(from.replace("_", ""));
            high = Double.parseDouble(to.replace("_", ""));
        } catch (NumberFormatException e) {
            throw refused(name, text);
        }
        boolean log = kind == Kind.LOG || kind == Kind.LOG_INT;
        boolean whole = kind == Kind.INT || kind == Kind.LOG_INT;
        if (!(low < high) || !Double.isFinite(high - low) || (log && low <= 0)) {
            throw new SettingException("random " + name + " is \"" + text
                    + "\": give a lower number first, then a higher" + " one" + (log ? ", both above 0." : "."));
        }
        if (whole && (low != Math.rint(low) || high != Math.rint(high) || Math.abs(high) > Long.MAX_VALUE / 2.0)) {
            throw new SettingException("random " + name + " is \"" + text + "\": give whole numbers.");
        }
        return new Distribution(kind, low, high, List.of());
    }

    private static SettingException refused(String name, String text) {
        return new SettingException("random " + name + " is \"" + text + "\": " + FORMS);
    }

    /** The next value. */
    String draw(RandomGenerator random) {
        return switch (kind) {
            case CHOICE -> values.get(random.nextInt(values.size()));
            case UNIFORM -> rounded(low + random.nextDouble() * (high - low));
            case LOG -> rounded(Math.exp(Math.log(low) + random.nextDouble() * (Math.log(high) - Math.log(low))));
            case INT -> Long.toString((long) low + random.nextLong((long) (high - low) + 1));
            case LOG_INT -> {
                // Each whole number has the share of the line that rounds to it.
                double from = Math.log(low - 0.5);
                double at = Math.exp(from + random.nextDouble() * (Math.log(high + 0.5) - from));
                yield Long.toString(Math.max((long) low, Math.min((long) high, Math.round(at))));
            }
        };
    }

    private String rounded(double value) {
        double inside =
                Math.max(low, Math.min(high, new BigDecimal(value).round(DIGITS).doubleValue()));
        return Double.toString(inside);
    }
}
