package io.github.qwop.model.torch;

import io.github.qwop.model.torch.StateDictUnpickler.Storage;
import io.github.qwop.model.torch.StateDictUnpickler.View;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a PyTorch module by name, as {@code torch.save(module.state_dict())} writes them since PyTorch 1.6:
 * a zip file whose one folder holds {@code data.pkl} (names, shapes), {@code data/<key>} (numbers), {@code byteorder}
 * and {@code version}.
 *
 * @param tensors in the module's order
 */
public record StateDict(Map<String, Tensor> tensors) {

    /** A damaged or hostile file must not make us ask for more memory than a policy can need. */
    private static final int MOST_PICKLE_BYTES = 1 << 20;

    private static final long MOST_NUMBERS = 1L << 25;
    private static final long MOST_FILE_BYTES = 1L << 28;
    private static final int NEWEST_VERSION = 10;
    private static final String PICKLE = "data.pkl";

    /** Copies the map. */
    public StateDict {
        tensors = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /**
     * Reads a file's content.
     *
     * @throws IOException if it is no such file, damaged, or asks for anything but tensors; the message is half a
     *     sentence about the file
     */
    public static StateDict read(InputStream content) throws IOException {
        // The zip's directory stands at its end: only a file can be read from there.
        Path copy = Files.createTempFile("qwop-policy", ".pth");
        try {
            try (InputStream limited = new Limited(content, MOST_FILE_BYTES)) {
                Files.copy(limited, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            try (ZipFile zip = new ZipFile(copy.toFile())) {
                return read(zip);
            } catch (ZipException | EOFException e) {
                throw new IOException("it is truncated, or was saved by a PyTorch before 1.6; save it again", e);
            }
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private static StateDict read(ZipFile zip) throws IOException {
        String folder = zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith("/" + PICKLE) && name.indexOf('/') == name.lastIndexOf('/'))
                .map(name -> name.substring(0, name.length() - PICKLE.length()))
                .findFirst()
                .orElseThrow(() -> new IOException("it has no " + PICKLE + ", so PyTorch did not save it"));
        checkVersion(zip, folder);
        ByteOrder order = order(zip, folder);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        long numbers = 0;
        for (Map.Entry<String, View> entry :
                unpickle(bytes(zip, folder + PICKLE, MOST_PICKLE_BYTES)).entrySet()) {
            numbers += entry.getValue().storage().numbers();
            if (numbers > MOST_NUMBERS) {
                throw new IOException("it says that it has more than " + MOST_NUMBERS + " numbers");
            }
            tensors.put(entry.getKey(), tensor(zip, folder, order, entry.getKey(), entry.getValue()));
        }
        return new StateDict(tensors);
    }

    private static void checkVersion(ZipFile zip, String folder) throws IOException {
        String version = text(zip, folder + "version");
        if (version != null && (!version.matches("\\d{1,4}") || Integer.parseInt(version) > NEWEST_VERSION)) {
            throw new IOException("its format has version " + version + ", and up to " + NEWEST_VERSION + " is known");
        }
    }

    /** Files before PyTorch 2.1 do not say it: they come from little-endian machines in all likelihood. */
    private static ByteOrder order(ZipFile zip, String folder) throws IOException {
        String order = text(zip, folder + "byteorder");
        if (order == null || order.equals("little")) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        if (order.equals("big")) {
            return ByteOrder.BIG_ENDIAN;
        }
        throw new IOException("its byte order is \"" + order + "\", neither little nor big");
    }

    private static @Nullable String text(ZipFile zip, String name) throws IOException {
        return zip.getEntry(name) == null ? null : new String(bytes(zip, name, 64), StandardCharsets.UTF_8).strip();
    }

    private static byte[] bytes(ZipFile zip, String name, int most) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("its entry " + name + " is missing");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(most);
            if (in.read() >= 0) {
                throw new IOException("its entry " + name + " has more than " + most + " bytes");
            }
            return bytes;
        }
    }

    private static Map<String, View> unpickle(byte[] pickle) throws IOException {
        Map<String, View> views = new LinkedHashMap<>();
        try {
            Map<?, ?> content = (Map<?, ?>) new StateDictUnpickler().loads(pickle);
            content.forEach((name, view) -> views.put((String) name, (View) view));
        } catch (RuntimeException | StackOverflowError e) {
            // A malformed program makes the stack machine fail in any way; none of them does harm.
            throw new IOException(
                    e instanceof ClassCastException
                            ? "its pickle is not that of a state dict (a part of it is of another kind)"
                            : "its pickle is not that of a state dict (" + e.getMessage() + ")",
                    e);
        }
        return views;
    }

    private static Tensor tensor(ZipFile zip, String folder, ByteOrder order, String name, View view)
            throws IOException {
        Storage storage = view.storage();
        List<Long> shape = view.shape();
        if (shape.size() > 2 || view.stride().size() != shape.size()) {
            throw new IOException("its tensor " + name + " has the shape " + shape + ": a perceptron has at most two"
                    + " dimensions");
        }
        long rows = shape.size() < 2 ? 1 : shape.get(0);
        long columns = shape.isEmpty() ? 1 : shape.get(shape.size() - 1);
        long rowStep = shape.size() < 2 ? 0 : view.stride().get(0);
        long columnStep = shape.isEmpty() ? 0 : view.stride().get(shape.size() - 1);
        boolean sane =
                within(rows) && within(columns) && within(rowStep) && within(columnStep) && within(view.offset());
        if (!sane
                || rows == 0
                || columns == 0
                || rows * columns > storage.numbers()
                || view.offset() + (rows - 1) * rowStep + (columns - 1) * columnStep >= storage.numbers()) {
            throw new IOException("its tensor " + name + " of shape " + shape + " does not fit its storage of "
                    + storage.numbers() + " numbers");
        }
        int length = Math.toIntExact(storage.numbers() * storage.format().bytes);
        byte[] bytes = bytes(zip, folder + "data/" + storage.key(), length);
        if (bytes.length != length) {
            throw new IOException("its tensor " + name + " has " + bytes.length + " bytes instead of " + length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
        float[] values = new float[(int) (rows * columns)];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int at = (int) (view.offset() + row * rowStep + column * columnStep);
                values[(int) (row * columns + column)] = number(buffer, storage.format(), at);
            }
        }
        return new Tensor(shape.stream().map(Math::toIntExact).toList(), values);
    }

    private static boolean within(long number) {
        return number >= 0 && number <= MOST_NUMBERS;
    }

    private static float number(ByteBuffer buffer, StateDictUnpickler.Format format, int index) {
        int at = index * format.bytes;
        return switch (format) {
            case FLOAT -> buffer.getFloat(at);
            case DOUBLE -> (float) buffer.getDouble(at);
            case HALF -> half(buffer.getShort(at));
            case BFLOAT16 -> Float.intBitsToFloat(buffer.getShort(at) << 16);
        };
    }

    /** IEEE 754's binary16. */
    private static float half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float size =
                switch (exponent) {
                    case 0 -> fraction * 0x1p-24f;
                    case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
                    default -> Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
                };
        return bits < 0 ? -size : size;
    }

    /** Ends with an error after so many bytes. */
    private static final class Limited extends java.io.FilterInputStream {

        private long left;

        Limited(InputStream in, long most) {
            super(in);
            left = most;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            count(Math.max(0, count));
            return count;
        }

        private void count(int bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("it is larger than any policy for this game needs to be");
            }
        }
    }
}
