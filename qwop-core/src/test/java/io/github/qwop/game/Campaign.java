package io.github.qwop.game;

import io.github.qwop.game.Snapshot.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Varied play as operations, with hashes of the genuine game's state after each. {@code NAME.ops.gz} holds the
 * operations, {@code NAME.hash} two little-endian hashes of 32 bits for each, of what is seen of the runner and of the
 * hurdle, and {@code NAME.hidden}, where there is one, a third: see {@link Snapshot.Kind}.
 *
 * @param hashes two for each operation
 * @param hidden one for each operation, or none at all
 */
@SuppressWarnings("ArrayRecordComponent")
public record Campaign(String name, List<Operation> operations, int[] hashes, int[] hidden) {

    private static final GoldFolder FOLDER = new GoldFolder("/campaign", "qwop.campaign");

    private static final String OPERATIONS = ".ops.gz";
    private static final String HASHES = ".hash";
    private static final String HIDDEN = ".hidden";

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

    public Campaign {
        if (hashes.length != 2 * operations.size() || (hidden.length != 0 && hidden.length != operations.size())) {
            throw new IllegalArgumentException(
                    name + " has " + operations.size() + " operations and another number of hashes.");
        }
    }

    /** Names of all campaigns. */
    public static List<String> names() {
        return FOLDER.names(OPERATIONS);
    }

    /** Reads one campaign. */
    public static Campaign read(String name) {
        return read(FOLDER.path(), name);
    }

    /** Reads one campaign of a folder. */
    public static Campaign read(Path folder, String name) {
        Path hidden = folder.resolve(name + HIDDEN);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(folder.resolve(name + OPERATIONS)))) {
            return new Campaign(
                    name,
                    Operation.read(in.readAllBytes()),
                    readHashes(folder.resolve(name + HASHES)),
                    Files.exists(hidden) ? readHashes(hidden) : new int[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int[] readHashes(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int[] hashes = new int[bytes.remaining() / Integer.BYTES];
        bytes.asIntBuffer().get(hashes);
        return hashes;
    }

    /** Writes the campaign's files. */
    public void write(Path folder) {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name + OPERATIONS)))) {
            out.write(Operation.write(operations));
            writeHashes(folder.resolve(name + HASHES), hashes);
            if (hidden.length > 0) {
                writeHashes(folder.resolve(name + HIDDEN), hidden);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeHashes(Path file, int[] hashes) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(hashes.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(hashes);
        Files.write(file, bytes.array());
    }

    /** Plays every operation and compares the hashes after it. */
    public Outcome replay(Operation.Player player) {
        double[] numbers = new double[Snapshot.LENGTH];
        int episodes = 0;
        int different = 0;
        boolean differs = false;
        String first = null;
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            if (operation.startsEpisode()) {
                episodes++;
                differs = false;
            }
            operation.perform(player);
            Snapshot.read(player, numbers);
            Kind kind = difference(i, numbers);
            if (kind != null && !differs) {
                differs = true;
                different++;
                first = first == null ? "operation " + i + ", episode " + episodes + ", in " + kind : first;
            }
        }
        return new Outcome(name, operations.size(), episodes, different, first);
    }

    private @Nullable Kind difference(int operation, double[] numbers) {
        if (Snapshot.hash(numbers, Kind.SEEN) != hashes[2 * operation]) {
            return Kind.SEEN;
        } else if (Snapshot.hash(numbers, Kind.HURDLE) != hashes[2 * operation + 1]) {
            return Kind.HURDLE;
        }
        return hidden.length > 0 && Snapshot.hash(numbers, Kind.HIDDEN) != hidden[operation] ? Kind.HIDDEN : null;
    }
}
