package io.github.qwop.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Float arrays in files: their length, then little-endian values. */
public final class Floats {

    private static final int BLOCK = 1 << 14;

    /** As many values as are read before any more memory is asked for. */
    private static final int FIRST = 1 << 16;

    private Floats() {}

    /** Writes a whole array. */
    public static void write(DataOutput out, float[] values) throws IOException {
        write(out, values, values.length);
    }

    /** Writes the first values of an array. */
    public static void write(DataOutput out, float[] values, int length) throws IOException {
        out.writeInt(length);
        ByteBuffer block = ByteBuffer.allocate(BLOCK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < length; at += BLOCK) {
            int count = Math.min(BLOCK, length - at);
            block.asFloatBuffer().put(values, at, count);
            out.write(block.array(), 0, count * Float.BYTES);
        }
    }

    /** Reads an array. */
    public static float[] read(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            throw new IOException("an array has the length " + length);
        }
        // A damaged length must not ask for more memory than there are values.
        float[] values = new float[Math.min(length, FIRST)];
        readInto(in, values, 0, values.length);
        while (values.length < length) {
            int from = values.length;
            values = Arrays.copyOf(values, (int) Math.min(length, 2L * from));
            readInto(in, values, from, values.length);
        }
        return values;
    }

    /** Reads an array over the first values of another. */
    public static void readOver(DataInput in, float[] target) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > target.length) {
            throw new IOException("an array has the length " + length + ", where at most " + target.length + " fit");
        }
        readInto(in, target, 0, length);
    }

    private static void readInto(DataInput in, float[] target, int from, int length) throws IOException {
        byte[] bytes = new byte[BLOCK * Float.BYTES];
        for (int at = from; at < length; at += BLOCK) {
            int count = Math.min(BLOCK, length - at);
            in.readFully(bytes, 0, count * Float.BYTES);
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(target, at, count);
        }
    }
}
