package io.github.qwop.learn;

import java.io.DataOutput;
import java.io.IOException;

/** Where a learner writes its state, as named sections one after another. */
public interface StateWriter {

    /**
     * Begins a section; the one before it ends.
     *
     * @param name unique, such as {@code parameters}
     */
    DataOutput section(String name) throws IOException;
}
