package io.github.qwop.learn.problems;

import io.github.qwop.learn.StateReader;
import io.github.qwop.learn.StateWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * A learner's saved state, kept in memory. Equal states have equal sections.
 *
 * @param sections bytes by name
 */
public record MemoryState(Map<String, ByteBuffer> sections) implements StateReader {

    /** What a learner does to save itself. */
    @FunctionalInterface
    public interface Saving {
        /** Saves. */
        void save(StateWriter writer) throws IOException;
    }

    /** What was saved, such as by {@code learner::save}. */
    public static MemoryState of(Saving saving) throws IOException {
        Map<String, ByteArrayOutputStream> written = new TreeMap<>();
        saving.save(name -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            if (written.put(name, bytes) != null) {
                throw new IllegalArgumentException("There are two sections " + name + ".");
            }
            return new DataOutputStream(bytes);
        });
        Map<String, ByteBuffer> sections = new TreeMap<>();
        written.forEach((name, bytes) -> sections.put(name, ByteBuffer.wrap(bytes.toByteArray())));
        return new MemoryState(sections);
    }

    /** This state with another's sections in the place of those of the same name. */
    public MemoryState with(MemoryState other) {
        Map<String, ByteBuffer> merged = new TreeMap<>(sections);
        merged.putAll(other.sections);
        return new MemoryState(merged);
    }

    @Override
    public boolean has(String name) {
        return sections.containsKey(name);
    }

    @Override
    public DataInput section(String name) throws IOException {
        ByteBuffer bytes = sections.get(name);
        if (bytes == null) {
            throw new IOException("there is no section " + name);
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return new DataInputStream(new ByteArrayInputStream(copy));
    }
}
