package io.github.qwop.run.training;

import io.github.qwop.learn.StateReader;
import io.github.qwop.learn.StateWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Sections held in memory: the best network so far, which every checkpoint carries with it. */
final class MemoryState {

    private final Map<String, ByteArrayOutputStream> sections = new LinkedHashMap<>();

    /** Writes new sections here. */
    StateWriter writer() {
        return name -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            sections.put(name, bytes);
            return new DataOutputStream(bytes);
        };
    }

    /** Names of the sections. */
    Set<String> sections() {
        return Collections.unmodifiableSet(sections.keySet());
    }

    /** Reads them. */
    StateReader reader() {
        return new StateReader() {
            @Override
            public boolean has(String name) {
                return sections.containsKey(name);
            }

            @Override
            public DataInput section(String name) throws IOException {
                ByteArrayOutputStream bytes = sections.get(name);
                if (bytes == null) {
                    throw new IOException("there is no section " + name);
                }
                return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
            }
        };
    }

    /** Writes all sections to a file's, each under its own name. */
    void copyTo(StateWriter target) throws IOException {
        for (Map.Entry<String, ByteArrayOutputStream> section : sections.entrySet()) {
            target.section(section.getKey()).write(section.getValue().toByteArray());
        }
    }

    /** Writes all of them into one section. */
    void save(DataOutput out) throws IOException {
        out.writeInt(sections.size());
        for (Map.Entry<String, ByteArrayOutputStream> section : sections.entrySet()) {
            out.writeUTF(section.getKey());
            out.writeInt(section.getValue().size());
            out.write(section.getValue().toByteArray());
        }
    }

    /** Reads what {@link #save} wrote. */
    static MemoryState restore(DataInput in) throws IOException {
        MemoryState state = new MemoryState();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            state.writer().section(name).write(bytes);
        }
        return state;
    }
}
