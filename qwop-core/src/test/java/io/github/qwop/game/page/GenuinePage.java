package io.github.qwop.game.page;

import io.github.qwop.game.Operation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The genuine script in a browser, which plays campaigns. Not thread safe. */
public interface GenuinePage extends AutoCloseable {

    /** For {@link #play}: no numbers, but hashes of all. */
    int HASHES = -1;

    /**
     * Plays operations on a page just loaded.
     *
     * @param operations the first of them is a fresh page or the canonical start
     * @param numbersFrom the first operation whose numbers are wanted, or {@link #HASHES}
     * @return little-endian: three hashes of 32 bits for each operation, or all doubles of a snapshot after each from
     *     that one on
     */
    byte[] play(byte[] operations, int numbersFrom);

    /** Three hashes for each operation, one for each kind of a snapshot's numbers. */
    default int[] hashes(List<Operation> operations) {
        ByteBuffer bytes =
                ByteBuffer.wrap(play(Operation.write(operations), HASHES)).order(ByteOrder.LITTLE_ENDIAN);
        int[] hashes = new int[bytes.remaining() / Integer.BYTES];
        bytes.asIntBuffer().get(hashes);
        return hashes;
    }

    /** All numbers after each operation from one on, one after another. */
    default double[] numbers(List<Operation> operations, int from) {
        ByteBuffer bytes =
                ByteBuffer.wrap(play(Operation.write(operations), from)).order(ByteOrder.LITTLE_ENDIAN);
        double[] numbers = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(numbers);
        return numbers;
    }

    @Override
    void close();
}
