package io.github.qwop.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Floats outside the Java heap, on their way into tensors; reused from batch to batch. */
public final class NativeFloats {

    private final ByteBuffer bytes;
    private final FloatBuffer values;

    /** Zeros. */
    public NativeFloats(int capacity) {
        bytes = ByteBuffer.allocateDirect(Math.multiplyExact(capacity, Float.BYTES))
                .order(ByteOrder.nativeOrder());
        values = bytes.asFloatBuffer();
    }

    /** How many there are. */
    int capacity() {
        return values.capacity();
    }

    /** The floats themselves: write to them by index. */
    public FloatBuffer values() {
        return values;
    }

    /**
     * A tensor of the first floats; several threads may make their own.
     *
     * @param shape of at most as many values as there are here
     */
    public NDArray tensor(NDManager manager, Shape shape) {
        return tensor(manager, 0, shape);
    }

    /**
     * A tensor of some of the floats; several threads may make their own.
     *
     * @param from the first of them
     */
    NDArray tensor(NDManager manager, int from, Shape shape) {
        return view(manager, bytes, from, shape);
    }

    /** A tensor over memory that lies outside the heap already. */
    static NDArray view(NDManager manager, ByteBuffer memory, int from, Shape shape) {
        return manager.create(
                memory.slice(from * Float.BYTES, (int) shape.size() * Float.BYTES)
                        .order(ByteOrder.nativeOrder()),
                shape,
                DataType.FLOAT32);
    }

    /**
     * A tensor of the first values of an array, by way of these floats.
     *
     * @param shape of at most as many values as the array, and as there are here
     */
    public NDArray tensor(NDManager manager, float[] array, Shape shape) {
        values.put(0, array, 0, (int) shape.size());
        return tensor(manager, shape);
    }
}
