package io.github.qwop.game;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Varied play as operations, with hashes of the genuine game's state after each. {@code NAME.ops.gz} holds operations:
 * {@code 0x00…0x0F} an update with these keys; {@code 0x10 | keys} the game's own restart with these keys held during
 * its update; {@code 0x20} a fresh page and one restart without keys, the canonical start; {@code 0x21 n} a fresh page
 * after n idle updates; {@code 0x30} and a little-endian double: all parts moved by it, no update. {@code NAME.hash}
 * holds two little-endian hashes of 32 bits for each operation: of {@link #VALUES} doubles that a player sees, and of
 * the hurdle's six.
 */
@SuppressWarnings("ArrayRecordComponent")
public record Campaign(String name, byte[] operations, int[] hashes) {

    /** The 60 numbers of the bodies, score, scoreTime, gameEnded, fallen, jumped, jumpLanded. */
    public static final int VALUES = Game.BODY_VALUES + 6;

    /** x, y and angle of the hurdle's base, then of its top. */
    public static final int HURDLE_VALUES = 6;

    /** A folder of other campaigns to check, in place of those among the test resources. */
    private static final String FOLDER_PROPERTY = "qwop.campaign";

    private static final String OPERATIONS = ".ops.gz";
    private static final String HASHES = ".hash";

    private static final int RESTART = 0x10;
    private static final int CANONICAL = 0x20;
    private static final int FRESH = 0x21;
    private static final int SHIFT = 0x30;

    /** A game that can do what operations ask for. */
    public interface Player extends GoldTrace.Player {

        /** Fresh page after some idle updates. */
        void freshStart(int idleUpdates);

        @Override
        default void freshStart() {
            freshStart(1);
        }

        /** Writes x, y and angle of the hurdle's base, then of its top. */
        void readHurdle(double[] target);
    }

    /** What comparing came to. */
    public record Outcome(
            String name,
            int operations,
            int episodes,
            int differentEpisodes,
            @Nullable String firstDifference) {

        @Override
        public String toString() {
            return name + ": " + operations + " operations, " + episodes + " episodes, " + differentEpisodes
                    + " of them differ" + (firstDifference == null ? "" : "; first at " + firstDifference);
        }
    }

    /** Names of all campaigns. */
    public static List<String> names() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(OPERATIONS))
                    .map(name -> name.substring(0, name.length() - OPERATIONS.length()))
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
                    : Path.of(Objects.requireNonNull(Campaign.class.getResource("/campaign"))
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads one campaign. */
    public static Campaign read(String name) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(folder().resolve(name + OPERATIONS)))) {
            ByteBuffer hashes = ByteBuffer.wrap(Files.readAllBytes(folder().resolve(name + HASHES)))
                    .order(ByteOrder.LITTLE_ENDIAN);
            int[] values = new int[hashes.remaining() / Integer.BYTES];
            hashes.asIntBuffer().get(values);
            return new Campaign(name, in.readAllBytes(), values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Plays every operation and compares the hashes after it. */
    public Outcome replay(Player player) {
        ByteBuffer in = ByteBuffer.wrap(operations).order(ByteOrder.LITTLE_ENDIAN);
        double[] state = new double[VALUES];
        double[] hurdle = new double[HURDLE_VALUES];
        int operation = 0;
        int episodes = 0;
        int different = 0;
        boolean differs = false;
        String first = null;
        while (in.hasRemaining()) {
            int code = in.get() & 0xff;
            if (code >= RESTART && code < SHIFT) {
                episodes++;
                differs = false;
            }
            perform(code, in, player);
            read(player, state, hurdle);
            boolean equal = hash(state) == hashes[2 * operation] && hash(hurdle) == hashes[2 * operation + 1];
            if (!equal && !differs) {
                differs = true;
                different++;
                first = first == null ? "operation " + operation + ", episode " + episodes : first;
            }
            operation++;
        }
        if (2 * operation != hashes.length) {
            throw new IllegalStateException(
                    name + " has " + operation + " operations and " + hashes.length + " hashes: two for each.");
        }
        return new Outcome(name, operation, episodes, different, first);
    }

    private static void perform(int code, ByteBuffer in, Player player) {
        if (code < RESTART) {
            player.update(code);
        } else if (code < CANONICAL) {
            player.softReset(code - RESTART);
        } else if (code == CANONICAL) {
            player.freshStart(1);
            player.softReset(Keys.NONE);
        } else if (code == FRESH) {
            player.freshStart(in.get() & 0xff);
        } else if (code == SHIFT) {
            player.shift(in.getDouble());
        } else {
            throw new IllegalStateException("There is no operation " + code + ".");
        }
    }

    private static void read(Player player, double[] state, double[] hurdle) {
        Game game = player.game();
        game.readBodies(state, 0);
        int at = Game.BODY_VALUES;
        state[at] = game.score();
        state[at + 1] = game.scoreTime();
        state[at + 2] = game.gameEnded() ? 1 : 0;
        state[at + 3] = game.fallen() ? 1 : 0;
        state[at + 4] = game.jumped() ? 1 : 0;
        state[at + 5] = game.jumpLanded() ? 1 : 0;
        player.readHurdle(hurdle);
    }

    /** 32 bits that stand for all bits of some doubles, but for the sign of zero. */
    public static int hash(double[] values) {
        int hash = 0x12345;
        for (double value : values) {
            long bits = Double.doubleToRawLongBits(value + 0.0);
            hash = (hash ^ (int) bits) * 0x2c1b3c6d;
            hash ^= hash >>> 15;
            hash = (hash ^ (int) (bits >>> 32)) * 0x297a2d39;
            hash ^= hash >>> 14;
        }
        return hash;
    }
}
