package io.github.qwop.learn;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A part of a state, kept in a section of its own: the one place that says how it is written and how it is read. What
 * is written in another form than before says so in its first bytes, or gets another name.
 *
 * @param name of the section
 * @param required whether nothing can go on without it; another that is missing leaves its part as it is
 * @param there whether there is anything to keep now
 * @param save writes it
 * @param restore reads what {@code save} wrote
 */
public record Section(String name, boolean required, BooleanSupplier there, Save save, Restore restore) {

    /** Writes a part. */
    @FunctionalInterface
    public interface Save {
        void to(DataOutput output) throws IOException;
    }

    /** Reads a part. */
    @FunctionalInterface
    public interface Restore {
        void from(DataInput input) throws IOException;
    }

    /** A part without which nothing can go on. */
    public static Section of(String name, Save save, Restore restore) {
        return new Section(name, true, () -> true, save, restore);
    }

    /** A part that is not always there, or that files of before do not have. */
    public static Section optional(String name, BooleanSupplier there, Save save, Restore restore) {
        return new Section(name, false, there, save, restore);
    }

    /** Writes some parts, in this order. */
    public static void saveAll(List<Section> sections, StateWriter writer) throws IOException {
        for (Section section : sections) {
            if (section.there.getAsBoolean()) {
                section.save.to(writer.section(section.name));
            }
        }
    }

    /**
     * Reads some parts, in this order.
     *
     * @throws IOException if one without which nothing can go on is missing, or one is of another form
     */
    public static void restoreAll(List<Section> sections, StateReader reader) throws IOException {
        for (Section section : sections) {
            if (section.required || reader.has(section.name)) {
                section.restore.from(reader.section(section.name));
            }
        }
    }
}
