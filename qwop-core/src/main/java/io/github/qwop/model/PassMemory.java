package io.github.qwop.model;

import java.util.EnumMap;
import java.util.Map;

/**
 * What passes through a network write on its way into tensors, reused from pass to pass: memory outside the heap is
 * given back only when the collector comes by, so that a process that takes it anew for each batch grows. One pass at a
 * time.
 */
final class PassMemory {

    private final Map<Use, NativeFloats> floats = new EnumMap<>(Use.class);

    /** What the floats are. */
    enum Use {
        HIDDEN,
        OF_QUANTILES,
        OF_MEANS,
        OF_OUTPUT,
        OF_OTHER_OUTPUT
    }

    /** At least so many floats, with any values. */
    NativeFloats of(Use use, int count) {
        NativeFloats present = floats.get(use);
        if (present == null || present.capacity() < count) {
            present = new NativeFloats(count);
            floats.put(use, present);
        }
        return present;
    }
}
