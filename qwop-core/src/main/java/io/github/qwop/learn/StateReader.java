package io.github.qwop.learn;

import java.io.DataInput;
import java.io.IOException;

/** Where a learner reads its state from. */
public interface StateReader {

    /** Whether there is a section of this name. */
    boolean has(String name);

    /** Reads a section from its beginning. */
    DataInput section(String name) throws IOException;
}
