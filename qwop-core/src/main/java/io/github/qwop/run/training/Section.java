package io.github.qwop.run.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A part of a training that its checkpoints carry in a section of their own. Where a checkpoint of an earlier version
 * lacks it, the part stays as it is.
 *
 * @param name of the section
 * @param save writes it
 * @param restore reads what {@code save} wrote
 */
record Section(String name, Save save, Restore restore) {

    /** Writes a part. */
    @FunctionalInterface
    interface Save {
        void to(DataOutput out) throws IOException;
    }

    /** Reads a part. */
    @FunctionalInterface
    interface Restore {
        void from(DataInput in) throws IOException;
    }
}
