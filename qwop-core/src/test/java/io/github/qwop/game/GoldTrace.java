package io.github.qwop.game;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A trace of the genuine game: one row per update. See the README beside the traces. */
public record GoldTrace(String name, boolean soft, List<String> columns, List<Row> rows) {

    /** Folder of other traces to check, in place of those among the test resources. */
    private static final String FOLDER_PROPERTY = "qwop.gold";

    private static final String SUFFIX = ".csv.gz";

    /** Values before a row's bodies in a trace without {@code episode} column. */
    private static final int HEAD = 8;

    /**
     * One row.
     *
     * @param values scoreTime (NaN where the trace leaves it out), score, gameEnded, fallen, jumped, jumpLanded, and 60
     *     values of bodies
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Row(int episode, int frame, int keys, double[] values) {}

    /** A game that can be brought to the states that the traces start from. */
    public interface Player {
        Game game();

        /** Fresh page with one idle update. */
        void freshStart();

        void softReset(int keysHeld);

        void shift(double dx);

        /** One update, even past the end. */
        void update(int keys);
    }

    /** How a replay went. */
    public record Outcome(
            String name, int equal, int rows, @Nullable String firstDifference) {

        @Override
        public String toString() {
            return name + ": " + equal + " of " + rows + " rows equal"
                    + (firstDifference == null ? "" : "; first difference at " + firstDifference);
        }
    }

    /** Names of all traces. */
    public static List<String> names() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        String given = System.getProperty(FOLDER_PROPERTY);
        try {
            return given != null
                    ? Path.of(given)
                    : Path.of(Objects.requireNonNull(GoldTrace.class.getResource("/gold"))
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads one trace. */
    public static GoldTrace read(String name) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder().resolve(name + SUFFIX))), StandardCharsets.UTF_8))) {
            List<String> header = List.of(lines.readLine().split(","));
            boolean soft = header.get(0).equals("episode");
            List<String> columns = header.subList(soft ? 3 : 2, header.size());
            return new GoldTrace(
                    name,
                    soft,
                    columns,
                    lines.lines().map(line -> row(line, soft)).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line, boolean soft) {
        String[] cells = (soft ? line : "0," + line).split(",", -1);
        double[] values = Arrays.stream(cells, 3, cells.length)
                .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
                .toArray();
        return new Row(Integer.parseInt(cells[0]), Integer.parseInt(cells[1]), Integer.parseInt(cells[2]), values);
    }

    /** Plays this trace and compares every row, bit for bit but for the sign of zero. */
    public Outcome replay(Player player) {
        int equal = 0;
        String first = null;
        int keys = 0;
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (row.frame() > 0) {
                keys = row.keys();
                player.update(keys);
            } else if (i == 0) {
                player.freshStart();
            } else if (row.episode() > rows.get(i - 1).episode()) {
                // In soft_5 the last episode's keys are still held when the game is reset.
                player.softReset(name.equals("soft_5") ? keys : 0);
            } else {
                player.shift(shift());
            }
            List<String> different = different(row, player.game());
            if (different.isEmpty()) {
                equal++;
            } else if (first == null) {
                first = (soft ? "episode " + row.episode() + ", " : "") + "frame " + row.frame() + ", columns "
                        + different;
            }
        }
        return new Outcome(name, equal, rows.size(), first);
    }

    private List<String> different(Row row, Game game) {
        double[] state = new double[HEAD - 2 + Game.BODY_VALUES];
        state[0] = game.scoreTime();
        state[1] = game.score();
        state[2] = game.gameEnded() ? 1 : 0;
        state[3] = game.fallen() ? 1 : 0;
        state[4] = game.jumped() ? 1 : 0;
        state[5] = game.jumpLanded() ? 1 : 0;
        game.readBodies(state, HEAD - 2);
        List<String> different = new ArrayList<>();
        for (int i = 0; i < state.length; i++) {
            if (!Double.isNaN(row.values()[i]) && row.values()[i] != state[i]) {
                different.add(columns.get(i));
            }
        }
        return different;
    }

    /** By how much a trace called {@code …_dxN} moves the runner: N. */
    private double shift() {
        return Double.parseDouble(name.substring(name.indexOf("_dx") + "_dx".length()));
    }
}
