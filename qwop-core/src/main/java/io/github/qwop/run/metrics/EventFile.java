package io.github.qwop.run.metrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A TensorBoard event file: TFRecord frames (length, masked CRC-32C, bytes, masked CRC-32C) around protocol-buffer
 * messages {@code Event} with scalar summaries. Written by hand because no maintained Java writer exists and the
 * messages are few.
 */
final class EventFile implements AutoCloseable {

    // Field numbers of tensorflow/core/util/event.proto and summary.proto, with their wire types.
    private static final int EVENT_WALL_TIME = 1 << 3 | 1;
    private static final int EVENT_STEP = 2 << 3;
    private static final int EVENT_FILE_VERSION = 3 << 3 | 2;
    private static final int EVENT_SUMMARY = 5 << 3 | 2;
    private static final int EVENT_SESSION_LOG = 7 << 3 | 2;
    private static final int SESSION_STATUS = 1 << 3;
    private static final int SESSION_START = 1;
    private static final int SUMMARY_VALUE = 1 << 3 | 2;
    private static final int VALUE_TAG = 1 << 3 | 2;
    private static final int VALUE_SIMPLE = 2 << 3 | 5;

    private static final int CRC_MASK = 0xA282EAD8;

    private final OutputStream out;

    /** Opens a new file in this folder; TensorBoard reads several files of one folder as one run. */
    EventFile(Path folder, double wallTime) throws IOException {
        Files.createDirectories(folder);
        String name = "events.out.tfevents." + (long) wallTime + ".qwop";
        Path file = folder.resolve(name);
        for (int i = 1; Files.exists(file); i++) {
            file = folder.resolve(name + "." + i);
        }
        out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        fixed64(event, EVENT_WALL_TIME, wallTime);
        bytes(event, EVENT_FILE_VERSION, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
        frame(event.toByteArray());
    }

    /**
     * Tells TensorBoard that the run goes on from a checkpoint: it then drops what other files have from this step on,
     * which is written again.
     *
     * @param wallTime seconds since 1970
     */
    void restarted(double wallTime, long step) throws IOException {
        ByteArrayOutputStream session = new ByteArrayOutputStream();
        session.write(SESSION_STATUS);
        varint(session, SESSION_START);
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        fixed64(event, EVENT_WALL_TIME, wallTime);
        event.write(EVENT_STEP);
        varint(event, step);
        bytes(event, EVENT_SESSION_LOG, session.toByteArray());
        frame(event.toByteArray());
    }

    /**
     * Appends one event with the values that are numbers.
     *
     * @param wallTime seconds since 1970
     */
    void write(double wallTime, long step, Map<String, Double> values) throws IOException {
        ByteArrayOutputStream summary = new ByteArrayOutputStream();
        values.forEach((tag, value) -> {
            if (!value.isNaN()) {
                ByteArrayOutputStream entry = new ByteArrayOutputStream();
                bytes(entry, VALUE_TAG, tag.getBytes(StandardCharsets.UTF_8));
                entry.write(VALUE_SIMPLE);
                littleEndian(entry, Float.floatToIntBits(value.floatValue()), Integer.BYTES);
                bytes(summary, SUMMARY_VALUE, entry.toByteArray());
            }
        });
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        fixed64(event, EVENT_WALL_TIME, wallTime);
        event.write(EVENT_STEP);
        varint(event, step);
        bytes(event, EVENT_SUMMARY, summary.toByteArray());
        frame(event.toByteArray());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void frame(byte[] message) throws IOException {
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(message.length)
                .array();
        ByteBuffer frame = ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES + message.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(length)
                .putInt(maskedCrc(length))
                .put(message)
                .putInt(maskedCrc(message));
        out.write(frame.array());
        out.flush();
    }

    private static int maskedCrc(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK;
    }

    private static void bytes(ByteArrayOutputStream to, int key, byte[] value) {
        to.write(key);
        varint(to, value.length);
        to.writeBytes(value);
    }

    private static void fixed64(ByteArrayOutputStream to, int key, double value) {
        to.write(key);
        littleEndian(to, Double.doubleToLongBits(value), Long.BYTES);
    }

    private static void littleEndian(ByteArrayOutputStream to, long bits, int size) {
        for (int i = 0; i < size; i++) {
            to.write((int) (bits >>> (8 * i)));
        }
    }

    private static void varint(ByteArrayOutputStream to, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            to.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        to.write((int) rest);
    }
}
