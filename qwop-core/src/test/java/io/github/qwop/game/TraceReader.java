package io.github.qwop.game;

import io.github.qwop.game.GoldTrace.Act;
import io.github.qwop.game.GoldTrace.Nothing;
import io.github.qwop.game.GoldTrace.Row;
import io.github.qwop.game.GoldTrace.Shift;
import io.github.qwop.game.GoldTrace.Sleep;
import io.github.qwop.game.GoldTrace.Updates;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Reads a trace, a gzipped CSV file with a header. Its columns, in any order: {@code frame} or {@code action};
 * {@code keys}, a mask or letters; perhaps {@code episode}; and those of {@link GoldTrace#VALUES} that it tells.
 *
 * <p>An episode opens with the first row, with another number under {@code episode}, with a frame number that falls,
 * and with the action R. What a row did is told by its frame number: so many updates as it is larger than the one
 * before it; in a row with the same number the parts were moved by hand, or put to sleep, which its values tell. Or it
 * is told by a name in that place: 1 an update, {@code T496} a move by 496, Z sleep, R a restart.
 */
final class TraceReader {

    private static final String LETTERS = "QWOP";

    /** Bounds for what a number without fraction is tried as, when a move's length is looked for. */
    private static final double[] GRIDS = {1, 1e3, 1e6};

    private static final int FIRST_BODY = GoldTrace.VALUES.indexOf("torso.x");

    private final Path file;
    private final String name;
    private List<String> header = List.of();
    private boolean numbered;

    /** The last number of this episode. */
    private int lastFrame;

    private int line;

    TraceReader(Path file) {
        this.file = file;
        String fileName = file.getFileName().toString();
        name = fileName.endsWith(GoldTrace.SUFFIX)
                ? fileName.substring(0, fileName.length() - GoldTrace.SUFFIX.length())
                : fileName;
    }

    GoldTrace read() {
        List<String> lines;
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            lines = in.lines().toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw refused("no gzipped text can be read from it (" + e.getMessage() + ")");
        }
        if (lines.size() < 2) {
            throw refused("it has no rows");
        }
        header = List.of(lines.get(0).split(",", -1));
        checkHeader();
        List<List<String>> table = new ArrayList<>();
        for (line = 2; line <= lines.size(); line++) {
            List<String> cells = List.of(lines.get(line - 1).split(",", -1));
            if (cells.size() != header.size()) {
                throw refused("line " + line + " has " + cells.size() + " cells, and the header " + header.size());
            }
            table.add(cells);
        }
        numbered = table.stream()
                .map(this::actionOf)
                .anyMatch(action -> action.matches("\\d+") && !action.matches("[01]"));
        List<Row> rows = new ArrayList<>();
        for (line = 2; line <= lines.size(); line++) {
            rows.add(row(table, line - 2, rows));
        }
        return new GoldTrace(name, rows);
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("The trace " + name + " cannot be read: " + why + ".");
    }

    private void checkHeader() {
        Set<String> seen = new HashSet<>();
        for (String column : header) {
            if (!seen.add(column)) {
                throw refused("it has two columns " + column);
            }
            if (!List.of("episode", "frame", "action", "keys").contains(column) && !GoldTrace.VALUES.contains(column)) {
                throw refused("its column " + column + " is none of episode, frame, action, keys, scoreTime, score,"
                        + " gameEnded, fallen, jumped, jumpLanded and x, y, angle, vx, vy of the 12 parts");
            }
        }
        if (!seen.contains("keys") || !(seen.contains("frame") || seen.contains("action"))) {
            throw refused("it needs a column keys and one of frame and action");
        }
        if (!seen.containsAll(GoldTrace.VALUES.subList(FIRST_BODY, GoldTrace.VALUES.size()))) {
            throw refused("it lacks columns of the 12 parts");
        }
    }

    private String cell(List<String> cells, String column) {
        int at = header.indexOf(column);
        return at < 0 ? "" : cells.get(at).strip();
    }

    private String actionOf(List<String> cells) {
        return cell(cells, header.contains("action") ? "action" : "frame");
    }

    private Row row(List<List<String>> table, int index, List<Row> before) {
        List<String> cells = table.get(index);
        String action = actionOf(cells);
        boolean number = action.matches("\\d{1,9}");
        int frame = number ? Integer.parseInt(action) : lastFrame;
        boolean opens = index == 0
                || action.equals("R")
                || frame < lastFrame
                || !cell(cells, "episode").equals(cell(table.get(index - 1), "episode"));
        lastFrame = opens ? 0 : lastFrame;
        Act act = number ? updates(numbered ? frame - lastFrame : frame) : named(action, index);
        lastFrame = number && numbered ? frame : lastFrame;
        double[] values = values(cells);
        if (!opens && act instanceof Nothing) {
            act = byHand(before.get(index - 1).values(), values);
        }
        String episode = cell(cells, "episode");
        String place = "line " + line + " (" + (episode.isEmpty() ? "" : "episode " + episode + ", ")
                + (numbered ? "frame " : "action ") + action + ")";
        return new Row(place, opens, act, keys(cell(cells, "keys")), values);
    }

    private static Act updates(int count) {
        return count == 0 ? new Nothing() : new Updates(count);
    }

    private Act named(String action, int index) {
        if (action.matches("T-?\\d+([.]\\d+)?")) {
            return new Shift(Double.parseDouble(action.substring(1)));
        } else if (action.equals("Z")) {
            return new Sleep();
        } else if (action.equals("R") || index == 0) {
            // The first row may call its start as it likes.
            return new Nothing();
        }
        throw refused("line " + line + " has the action \"" + action + "\", which is no number and none of R, Z and T"
                + " with a number");
    }

    /** What was done to a state by hand: its parts were moved, or put to sleep. */
    private Act byHand(double[] before, double[] after) {
        if (Arrays.equals(before, after)) {
            return new Nothing();
        } else if (Arrays.equals(positions(before, 0), positions(after, 0))) {
            return new Sleep();
        }
        double difference = after[FIRST_BODY] - before[FIRST_BODY];
        for (double grid : GRIDS) {
            double dx = Math.rint(difference * grid) / grid;
            if (Arrays.equals(positions(before, dx), positions(after, 0))) {
                return new Shift(dx);
            }
        }
        throw refused("line " + line + " has the number of the line before it, and its parts are not all moved by one"
                + " length");
    }

    /** x, y and angle of all parts, moved by a length. */
    private static double[] positions(double[] values, double dx) {
        double[] positions = new double[3 * BodyPart.values().length];
        for (int part = 0; part < BodyPart.values().length; part++) {
            System.arraycopy(values, FIRST_BODY + BodyPart.VALUES * part, positions, 3 * part, 3);
            // Also for 0, so that there is one zero.
            positions[3 * part] += dx;
        }
        return positions;
    }

    private double[] values(List<String> cells) {
        double[] values = new double[GoldTrace.VALUES.size()];
        for (int i = 0; i < values.length; i++) {
            String column = GoldTrace.VALUES.get(i);
            String text = cell(cells, column);
            boolean leftOut = !header.contains(column) || (text.isEmpty() && column.equals("scoreTime"));
            values[i] = leftOut ? Double.NaN : value(text, column);
        }
        return values;
    }

    private double value(String text, String column) {
        if (text.matches("true|false")) {
            return text.equals("true") ? 1 : 0;
        }
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw refused("line " + line + " has \"" + text + "\" under " + column + ", which is no number");
    }

    /** A mask of keys, written as a number or as letters. */
    private int keys(String text) {
        if (text.matches("\\d+") && text.length() <= 2 && Integer.parseInt(text) < Keys.COMBINATIONS) {
            return Integer.parseInt(text);
        }
        if (!text.matches("[QWOP]{0,4}|none")) {
            throw refused("line " + line + " has the keys \"" + text + "\": they are 0 to 15, or letters of QWOP");
        }
        int keys = Keys.NONE;
        for (int bit = 0; bit < LETTERS.length(); bit++) {
            keys |= !text.equals("none") && text.indexOf(LETTERS.charAt(bit)) >= 0 ? 1 << bit : 0;
        }
        return keys;
    }
}
