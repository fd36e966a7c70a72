package io.github.qwop.run.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Moves settings between dotted names with text values and nested records.
 *
 * <p>A component of a record is a setting of the same name; a component that is itself a record opens a group, whose
 * settings carry its name and a dot in front. Text forms: numbers as in Java, any {@code _} between digits left out,
 * whole ones also as {@code 1e6}, {@code 500k} or {@code 1.5M}; {@code true} and {@code false}, and constants of an
 * enumeration with {@code _} or {@code -}, in upper or lower case; lists as {@link #split} reads them; {@code none} for
 * null where the component is nullable; and for any other type whatever its static {@code parse(String)} reads and its
 * {@code toString()} writes.
 */
public final class Settings {

    /** The text form of a setting without a value. */
    public static final String NONE = "none";

    private static final int LONGEST_NAME = 100;

    /** A part of a list and the comma behind it. A double quote that is never closed is a letter as others are. */
    private static final Pattern PART = Pattern.compile("(?:\\s*\"([^\"]*(?:\"\"[^\"]*)*)\"\\s*|([^,]*))(,|\\z)");

    /** More than any whole number here has, signs, points and exponents included. */
    private static final int MOST_DIGITS = 40;

    private static final Pattern ALL_DIGITS = Pattern.compile("[-+]?[0-9]+");

    /** Digits before any exponent of which one is not 0. */
    private static final Pattern NOT_ZERO = Pattern.compile("[-+]?[0-9_.]*[1-9]");

    /** An underscore that does not stand between two digits. */
    private static final Pattern SEPARATES_NOTHING = Pattern.compile("(?<![0-9_])_|_(?![0-9_])");

    private Settings() {}

    /**
     * A record like {@code defaults} with some settings replaced.
     *
     * @param defaults gives every setting that is not named
     * @param settings values by dotted name
     * @throws SettingException if a name is unknown, a value cannot be read, or the record refuses it
     */
    public static <T extends Record> T bind(T defaults, Map<String, String> settings) {
        SortedSet<String> known = new TreeSet<>(flatten(defaults).keySet());
        for (String name : settings.keySet()) {
            if (!known.contains(name)) {
                throw unknown(name, known);
            }
        }
        return bindGroup(defaults, "", settings);
    }

    /** Every setting of a record by dotted name, in the order of its components, in text form. */
    public static Map<String, String> flatten(Record record) {
        Map<String, String> flat = new LinkedHashMap<>();
        flatten(record, "", flat);
        return flat;
    }

    private static void flatten(Record record, String prefix, Map<String, String> into) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = read(component, record);
            String name = prefix + component.getName();
            if (isGroup(component.getType(), value)) {
                flatten((Record) Objects.requireNonNull(value), name + ".", into);
            } else {
                into.put(name, format(value));
            }
        }
    }

    /** A record that has its own text form is a value, not a group. */
    private static boolean isGroup(Class<?> type, @Nullable Object value) {
        return value instanceof Record && parser(type) == null;
    }

    private static <T extends Record> T bindGroup(T defaults, String prefix, Map<String, String> settings) {
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        List<String> given = new ArrayList<>();
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            String name = prefix + component.getName();
            types[i] = component.getType();
            Object value = read(component, defaults);
            if (isGroup(component.getType(), value)) {
                values[i] = bindGroup((Record) Objects.requireNonNull(value), name + ".", settings);
            } else {
                String text = settings.get(name);
                if (text == null) {
                    values[i] = value;
                } else if (text.isBlank() && component.getType() != List.class) {
                    throw new SettingException(name + " has no value: give one, or leave the setting out.");
                } else {
                    given.add(name);
                    values[i] = text.strip().equals(NONE) && isNullable(component)
                            ? null
                            : parse(name, text.strip(), component.getGenericType(), component.getType());
                }
            }
        }
        try {
            @SuppressWarnings("unchecked")
            T bound = (T) defaults.getClass().getDeclaredConstructor(types).newInstance(values);
            return bound;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw new SettingException(String.valueOf(refused.getMessage()), refused);
            }
            throw new IllegalStateException("The record " + defaults.getClass() + " failed on " + given + ".", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The record " + defaults.getClass() + " must be public.", e);
        }
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The record " + record.getClass() + " must be public.", e);
        }
    }

    private static String format(@Nullable Object value) {
        if (value == null) {
            return NONE;
        }
        if (value instanceof List<?> list) {
            return join(list.stream().map(Settings::format).toList());
        }
        if (value instanceof Enum<?> constant) {
            return kebab(constant);
        }
        return value.toString();
    }

    private static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Object parse(String name, String text, Type generic, Class<?> type) {
        if (type == String.class) {
            if (text.indexOf('\0') >= 0) {
                throw new SettingException(
                        name + " has a character of code 0, which no path and no name can have: remove it.");
            }
            return text;
        }
        if (type == boolean.class || type == Boolean.class) {
            return parseBoolean(name, text);
        }
        if (type == List.class && generic instanceof ParameterizedType list) {
            return parseList(name, text, (Class<?>) list.getActualTypeArguments()[0]);
        }
        if (type.isEnum()) {
            return parseConstant(name, text, type);
        }
        if (type == int.class || type == Integer.class) {
            return (int) parseWhole(name, text, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        if (type == long.class || type == Long.class) {
            return parseWhole(name, text, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        try {
            if (type == double.class || type == Double.class) {
                return decimal(name, text);
            }
            if (type == float.class || type == Float.class) {
                return (float) decimal(name, text);
            }
        } catch (NumberFormatException e) {
            throw new SettingException(name + " is \"" + text + "\", which is not a number: give one, such as 0.5.", e);
        }
        return parseOther(name, text, type);
    }

    /** What is too small for a number would be taken for none at all. */
    private static double decimal(String name, String text) {
        double value = Double.parseDouble(digits(text));
        if (value == 0 && NOT_ZERO.matcher(text).lookingAt()) {
            throw new SettingException(
                    name + " is \"" + text + "\", which is too small to be told from 0: give 0, or a larger number.");
        }
        return value;
    }

    private static long parseWhole(String name, String text, long least, long most) {
        try {
            long value = wholeNumber(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new SettingException(
                    name + " is \"" + text + "\", which is not a whole number: give one, such as 1000.", e);
        } catch (ArithmeticException e) {
            throw beyond(name, text, least, most);
        }
        throw beyond(name, text, least, most);
    }

    private static SettingException beyond(String name, String text, long least, long most) {
        return new SettingException(String.format(
                Locale.ROOT,
                "%s is \"%s\", which is beyond all that it can be: give a whole number from %,d to %,d.",
                name,
                text,
                least,
                most));
    }

    /** A number's text as Java reads it: what separates its digits left out. */
    private static String digits(String text) {
        if (SEPARATES_NOTHING.matcher(text).find()) {
            throw new NumberFormatException(text);
        }
        return text.replace("_", "");
    }

    /**
     * A whole number, perhaps with a power of ten, or with a thousand or a million as people write them.
     *
     * @throws NumberFormatException if it is none
     * @throws ArithmeticException if it is one that no {@code long} can be
     */
    public static long wholeNumber(String text) {
        String digits = digits(text);
        char unit = digits.isEmpty() ? ' ' : digits.charAt(digits.length() - 1);
        int zeros =
                switch (unit) {
                    case 'k', 'K' -> 3;
                    case 'm', 'M' -> 6;
                    default -> 0;
                };
        String number = zeros == 0 ? digits : digits.substring(0, digits.length() - 1);
        if (number.length() > MOST_DIGITS) {
            throw ALL_DIGITS.matcher(number).matches()
                    ? new ArithmeticException(number)
                    : new NumberFormatException(number);
        }
        BigDecimal value = new BigDecimal(number).scaleByPowerOfTen(zeros);
        long size = (long) value.precision() - value.scale();
        if (value.signum() == 0) {
            return 0;
        }
        if (size <= 0) {
            throw new NumberFormatException(number);
        }
        // A power of ten beyond all bounds would be written out digit by digit.
        if (size > MOST_DIGITS) {
            throw new ArithmeticException(number);
        }
        if (value.stripTrailingZeros().scale() > 0) {
            throw new NumberFormatException(number);
        }
        return value.longValueExact();
    }

    /**
     * Reads yes or no.
     *
     * @param name the setting's, for the message
     * @throws SettingException if the text is neither {@code true} nor {@code false}
     */
    public static boolean parseBoolean(String name, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new SettingException(name + " is \"" + text + "\": give true or false.");
        };
    }

    /**
     * The parts of a list in text form. Commas separate them, and blanks around them do not count; a part that has
     * commas of its own, as a path may, stands in double quotes, and a double quote between these is written twice.
     *
     * @return at least one part, which may be empty
     */
    public static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        Matcher part = PART.matcher(text);
        int at = 0;
        do {
            part.region(at, text.length());
            if (!part.lookingAt()) {
                throw new IllegalStateException("Any text has a next part: " + text);
            }
            String quoted = part.group(1);
            parts.add(quoted == null ? part.group(2).strip() : quoted.replace("\"\"", "\""));
            at = part.end();
        } while (!part.group(3).isEmpty());
        return parts;
    }

    /** The text form of a list, of which {@link #split} reads the same parts. */
    public static String join(List<String> parts) {
        return parts.stream()
                .map(part -> part.contains(",") || part.startsWith("\"") || !part.equals(part.strip())
                        ? "\"" + part.replace("\"", "\"\"") + "\""
                        : part)
                .collect(Collectors.joining(","));
    }

    private static List<Object> parseList(String name, String text, Class<?> elementType) {
        List<Object> values = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String part : split(text)) {
                values.add(parse(name, part, elementType, elementType));
            }
        }
        return List.copyOf(values);
    }

    private static Object parseConstant(String name, String text, Class<?> type) {
        // Choices may be written as POM authors write names, too: finishRate.
        String wanted = letters(text);
        for (Object constant : type.getEnumConstants()) {
            if (letters(((Enum<?>) constant).name()).equals(wanted)) {
                return constant;
            }
        }
        throw new SettingException(name + " is \"" + text + "\": give one of "
                + Arrays.stream(type.getEnumConstants())
                        .map(constant -> kebab((Enum<?>) constant))
                        .collect(Collectors.joining(", "))
                + ".");
    }

    private static String letters(String choice) {
        return choice.toUpperCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    private static Object parseOther(String name, String text, Class<?> type) {
        Method parser = parser(type);
        if (parser == null) {
            throw new IllegalStateException(type + " of " + name + " has no static parse(String).");
        }
        try {
            return parser.invoke(null, text);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw new SettingException(name + ": " + refused.getMessage(), refused);
            }
            throw new IllegalStateException("Reading " + name + " failed.", e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(type + " must be public.", e);
        }
    }

    private static @Nullable Method parser(Class<?> type) {
        try {
            Method method = type.getMethod("parse", String.class);
            return Modifier.isStatic(method.getModifiers()) ? method : null;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private static SettingException unknown(String name, SortedSet<String> known) {
        String group = name.contains(".") ? name.substring(0, name.indexOf('.') + 1) : "";
        List<String> siblings = known.stream()
                .filter(candidate -> candidate.startsWith(group) && candidate.indexOf('.', group.length()) < 0)
                .toList();
        String nearest = nearest(name, known);
        if (!group.isEmpty()
                && !siblings.isEmpty()
                && distance(last(name), last(nearest)) > last(name).length() / 3) {
            // Nothing is like it anywhere: the group at least is right.
            nearest = nearest(name, siblings);
        }
        return new SettingException(shortened(name) + " is no setting; did you mean " + nearest + "?"
                + (siblings.isEmpty() ? "" : " Allowed here: " + String.join(", ", siblings) + "."));
    }

    /**
     * The name that differs least from one with a typing error. Whoever leaves out or mistakes the group that a name
     * stands in, as in {@code gamma} for {@code learner.gamma}, has most likely meant that name.
     *
     * @param known at least one name; of two that are as near the first is taken
     */
    public static String nearest(String name, Collection<String> known) {
        return Collections.min(known, Comparator.comparingInt(candidate -> strangeness(name, candidate)));
    }

    private static int strangeness(String name, String candidate) {
        int inName = distance(last(name), last(candidate));
        return Math.min(2 * distance(name, candidate), 2 * inName + (inName == 0 ? 1 : 3));
    }

    /** What stands behind the last dot. */
    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** A name is some words: what is longer comes from a damaged file, and its end says nothing more. */
    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }

    /** Levenshtein's edit distance, letters' case ignored. */
    public static int distance(String name, String b) {
        String a = shortened(name);
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + (same ? 0 : 1));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
