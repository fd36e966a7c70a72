package io.github.qwop.env;

import io.github.qwop.game.Rules;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.Units;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Recordings as text. Ours: a first line {@value #FIRST} to {@value #THIRD}, then {@code name: value} lines, an empty
 * line, and one line per run of equal actions, the keys and how often, such as {@code QP x3}. qwop-gym's {@code .rec}:
 * a line {@code seed=N}, one action number per line, {@code *} after a kept episode and {@code X} after a skipped one.
 */
public final class RecordingFormat {

    private static final String MARK = "qwop-recording ";

    /** Played with fdlibm's sine and cosine. */
    private static final String FIRST = MARK + "1";

    /** Names whose they were: readers of the first form would play it with fdlibm's. */
    private static final String SECOND = MARK + "2";

    /** Says besides what its start was drawn for, which decides who may learn from it. */
    private static final String THIRD = MARK + "3";

    private static final String END_ACTION = "T";

    /** Six hours of play; a damaged count must neither fill the memory nor be played for days. */
    private static final int MOST_UPDATES = 6 * 3600 * Units.UPDATES_PER_SECOND;

    private RecordingFormat() {}

    /** Writes a recording in our format. */
    public static String write(Recording recording) {
        StringWriter text = new StringWriter();
        // In the first form that can hold it, so that earlier versions read it.
        boolean split = recording.split() != Split.UNKNOWN;
        boolean trigonometry = split || recording.trigonometry() != Trigonometry.FDLIBM;
        text.write((split ? THIRD : trigonometry ? SECOND : FIRST) + "\n");
        text.write("rules: " + recording.rules() + "\n");
        if (trigonometry) {
            text.write("trigonometry: " + recording.trigonometry().text() + "\n");
        }
        if (split) {
            text.write("split: " + text(recording.split()) + "\n");
        }
        text.write("framesPerStep: " + recording.framesPerStep() + "\n");
        text.write("actionSet: " + recording.actionSet() + "\n");
        text.write("startNoise: " + recording.startNoise() + "\n");
        text.write("random: " + recording.randomState() + "\n");
        text.write("distance: " + recording.distance() + "\n");
        text.write("scoreTime: " + recording.scoreTime() + "\n");
        text.write("success: " + recording.success() + "\n");
        text.write("finished: " + recording.finished() + "\n\n");
        byte[] actions = recording.actions();
        int at = 0;
        while (at < actions.length) {
            int end = at;
            while (end < actions.length && actions[end] == actions[at]) {
                end++;
            }
            text.write(name(recording.actionSet(), actions[at]) + (end - at > 1 ? " x" + (end - at) : "") + "\n");
            at = end;
        }
        return text.toString();
    }

    private static String text(Split split) {
        return split.name().toLowerCase(Locale.ROOT);
    }

    private static Split split(String text) {
        return Arrays.stream(Split.values())
                .filter(split -> split != Split.UNKNOWN && text(split).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("split is \"" + text + "\": give validation or test."));
    }

    private static String name(ActionSet set, int action) {
        return action == set.size() ? END_ACTION : ActionSet.name(set.keys(action));
    }

    /**
     * Reads a recording in our format.
     *
     * @throws IOException if it is no such text; the message names the line or the field of the head
     */
    public static Recording read(String text) throws IOException {
        BufferedReader lines = new BufferedReader(new StringReader(text));
        String mark = lines.readLine();
        if (!FIRST.equals(mark) && !SECOND.equals(mark) && !THIRD.equals(mark)) {
            throw new IOException(
                    "Line 1 of the recording is \"" + mark + "\", and this version reads \"" + FIRST + "\" to \""
                            + THIRD + "\": give such a recording, or use the version of the plugin that wrote it.");
        }
        Map<String, String> values = new LinkedHashMap<>();
        int number = 1;
        String line = lines.readLine();
        while (line != null && !line.isBlank()) {
            number++;
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw refused(number, line, "a name, a colon and a value");
            }
            values.put(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip());
            line = lines.readLine();
        }
        number++;
        try {
            ActionSet set = ActionSet.parse(value(values, "actionSet"));
            int framesPerStep = parsed(values, "framesPerStep", "a whole number", Integer::valueOf);
            byte[] actions = readActions(lines, number, set, Math.max(1, framesPerStep));
            return new Recording(
                    framesPerStep,
                    set,
                    StartNoise.parse(value(values, "startNoise")),
                    value(values, "random"),
                    actions,
                    parsed(values, "distance", "a number", Double::valueOf),
                    parsed(values, "scoreTime", "a number", Double::valueOf),
                    yesOrNo(values, "success"),
                    // Before it was told apart, the one was taken for the other.
                    yesOrNo(values, values.containsKey("finished") ? "finished" : "success"),
                    FIRST.equals(mark) ? Trigonometry.FDLIBM : Trigonometry.named(value(values, "trigonometry")),
                    values.containsKey("rules")
                            ? parsed(values, "rules", "a whole number", Integer::valueOf)
                            : Rules.FIRST,
                    THIRD.equals(mark) ? split(value(values, "split")) : Split.UNKNOWN);
        } catch (IllegalArgumentException e) {
            throw new IOException("The recording's head is not readable: " + e.getMessage(), e);
        }
    }

    private static String value(Map<String, String> values, String name) throws IOException {
        String value = values.get(name);
        if (value == null) {
            throw new IOException("The recording's head has no line \"" + name + ": …\".");
        }
        return value;
    }

    private static <T> T parsed(Map<String, String> values, String name, String allowed, Function<String, T> parser)
            throws IOException {
        String value = value(values, name);
        try {
            return parser.apply(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is \"" + value + "\": give " + allowed + ".", e);
        }
    }

    private static boolean yesOrNo(Map<String, String> values, String name) throws IOException {
        String value = value(values, name);
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(name + " is \"" + value + "\": give true or false.");
        };
    }

    private static byte[] readActions(BufferedReader lines, int linesBefore, ActionSet set, int framesPerStep)
            throws IOException {
        int most = MOST_UPDATES / framesPerStep;
        ByteArrayOutputStream actions = new ByteArrayOutputStream();
        int number = linesBefore;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String[] parts = line.strip().split(" x", 2);
            byte action = -1;
            for (int i = 0; i <= set.size(); i++) {
                if (name(set, i).equals(parts[0])) {
                    action = (byte) i;
                }
            }
            int count;
            try {
                count = parts.length == 1 ? 1 : Integer.parseInt(parts[1]);
            } catch (NumberFormatException e) {
                throw refused(number, line, "keys and how often, such as QP x3");
            }
            if (action < 0 || count < 1) {
                throw refused(number, line, "an action of the set " + set + " and how often, such as QP x3");
            }
            if (count > most - actions.size()) {
                throw refused(
                        number,
                        line,
                        "at most " + most + " actions in all, which at " + framesPerStep
                                + " updates an action are six hours of play");
            }
            for (int i = 0; i < count; i++) {
                actions.write(action);
            }
        }
        return actions.toByteArray();
    }

    private static IOException refused(int number, String line, String allowed) {
        return new IOException("Line " + number + " of the recording is \"" + line + "\": give " + allowed + ".");
    }

    /** One episode of a qwop-gym file: its actions, and whether it was kept or only played to get to the next. */
    @SuppressWarnings("ArrayRecordComponent")
    public record GymEpisode(byte[] actions, boolean kept) {}

    /**
     * Reads a qwop-gym {@code .rec} file. Its episodes follow each other in one page, so that a skipped one has to be
     * played before the next kept one for the same result; it therefore comes back too, marked.
     *
     * @throws IOException if it is no such text; the message names the line
     */
    public static List<GymEpisode> readGym(Reader reader) throws IOException {
        List<GymEpisode> episodes = new ArrayList<>();
        ByteArrayOutputStream actions = new ByteArrayOutputStream();
        BufferedReader lines = new BufferedReader(reader);
        String first = lines.readLine();
        if (first == null || !first.strip().matches("seed=\\d+")) {
            throw refused(1, String.valueOf(first), "seed=<number>, as qwop-gym's recordings begin");
        }
        int number = 1;
        int total = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            String text = line.strip();
            if (text.equals("*") || text.equals("X")) {
                episodes.add(new GymEpisode(actions.toByteArray(), text.equals("*")));
                actions.reset();
            } else if (text.matches("\\d{1,2}")) {
                total++;
                if (total > MOST_UPDATES) {
                    throw refused(number, line, "at most " + MOST_UPDATES + " actions in all");
                }
                actions.write(Byte.parseByte(text));
            } else if (!text.isEmpty()) {
                throw refused(number, line, "an action's number, * or X");
            }
        }
        return episodes;
    }
}
