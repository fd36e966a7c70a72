package io.github.qwop.run.metrics;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A TensorBoard event file: TFRecord frames (length, masked CRC-32C, bytes, masked CRC-32C) around protocol-buffer
 * messages {@code Event} with scalar summaries. No maintained Java writer of them exists; their few fields are written
 * by protobuf's own stream.
 */
final class EventFile implements AutoCloseable {

    // Field numbers of tensorflow/core/util/event.proto and summary.proto.
    private static final int EVENT_WALL_TIME = 1;
    private static final int EVENT_STEP = 2;
    private static final int EVENT_FILE_VERSION = 3;
    private static final int EVENT_SUMMARY = 5;
    private static final int EVENT_SESSION_LOG = 7;
    private static final int SESSION_STATUS = 1;
    private static final int SESSION_START = 1;
    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_SIMPLE = 2;

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
        frame(message(event -> {
            event.writeDouble(EVENT_WALL_TIME, wallTime);
            event.writeString(EVENT_FILE_VERSION, "brain.Event:2");
        }));
    }

    /**
     * Tells TensorBoard that the run goes on from a checkpoint: it then drops what other files have from this step on,
     * which is written again.
     *
     * @param wallTime seconds since 1970
     */
    void restarted(double wallTime, long step) throws IOException {
        byte[] session = message(log -> log.writeEnum(SESSION_STATUS, SESSION_START));
        frame(message(event -> {
            event.writeDouble(EVENT_WALL_TIME, wallTime);
            event.writeInt64(EVENT_STEP, step);
            event.writeByteArray(EVENT_SESSION_LOG, session);
        }));
    }

    /**
     * Appends one event with the values that are numbers.
     *
     * @param wallTime seconds since 1970
     */
    void write(double wallTime, long step, Map<String, Double> values) throws IOException {
        byte[] summary = message(all -> {
            for (Map.Entry<String, Double> one : values.entrySet()) {
                if (!one.getValue().isNaN()) {
                    all.writeByteArray(SUMMARY_VALUE, message(value -> {
                        value.writeString(VALUE_TAG, one.getKey());
                        value.writeFloat(VALUE_SIMPLE, one.getValue().floatValue());
                    }));
                }
            }
        });
        frame(message(event -> {
            event.writeDouble(EVENT_WALL_TIME, wallTime);
            event.writeInt64(EVENT_STEP, step);
            event.writeByteArray(EVENT_SUMMARY, summary);
        }));
    }

    /** Fields of a message. */
    @FunctionalInterface
    private interface Fields {
        void to(CodedOutputStream message) throws IOException;
    }

    private static byte[] message(Fields fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream message = CodedOutputStream.newInstance(bytes);
        fields.to(message);
        message.flush();
        return bytes.toByteArray();
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
}
