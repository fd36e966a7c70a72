package io.github.qwop.model.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes state dicts byte for byte as torch.save does: a pickle of protocol 2 and a storage per tensor, in a zip. */
public final class TorchFile {

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    private final ByteOrder order;
    private int memo;
    private int storages;
    private boolean first = true;

    /** An empty dictionary. */
    public TorchFile(ByteOrder order) {
        this.order = order;
        bytes(0x80, 2);
        global("collections", "OrderedDict");
        bytes(')', 'R');
        put();
        bytes('(');
    }

    /** Adds a tensor of floats: row by row, of the given sizes. */
    public TorchFile add(String name, float[] values, int... shape) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(order);
        buffer.asFloatBuffer().put(values);
        int[] stride = shape.length == 2 ? new int[] {shape[1], 1} : new int[] {1};
        return add(name, "FloatStorage", buffer.array(), values.length, 0, shape, stride);
    }

    /** Adds a tensor as a view on a storage of any format. */
    public TorchFile add(
            String name, String storage, byte[] content, int numbers, int offset, int[] shape, int[] stride) {
        String key = Integer.toString(storages++);
        text(name);
        if (first) {
            global("torch._utils", "_rebuild_tensor_v2");
            first = false;
        } else {
            // The memo's third value: the dictionary's class, the dictionary and the first name come before it.
            bytes('h', 3);
        }
        bytes('(', '(');
        text("storage");
        global("torch", storage);
        text(key);
        text("cpu");
        number(numbers);
        bytes('t');
        put();
        bytes('Q');
        number(offset);
        tuple(shape);
        tuple(stride);
        bytes(0x89);
        bytes('h', 0);
        bytes(')', 'R');
        put();
        bytes('t');
        put();
        bytes('R');
        put();
        entries.put("data/" + key, content);
        return this;
    }

    /** Writes the name of a class or function, to be called or not. */
    public TorchFile global(String module, String name) {
        raw("c" + module + "\n" + name + "\n");
        put();
        return this;
    }

    /** Writes any instructions. */
    public TorchFile raw(String instructions) {
        pickle.writeBytes(instructions.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Replaces or adds an entry beside the pickle. */
    public TorchFile entry(String name, String content) {
        entries.put(name, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** The file, ended as torch ends it, with the modules' versions as an attribute of the dictionary. */
    public byte[] end() {
        bytes('u', '}');
        put();
        text("_metadata");
        global("collections", "OrderedDict");
        bytes(')', 'R');
        put();
        bytes('(');
        text("");
        bytes('}');
        put();
        text("version");
        number(1);
        bytes('s', 'u', 's', 'b', '.');
        return zipped();
    }

    /** The file with the pickle as it is. */
    public byte[] zipped() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.write(pickle.toByteArray());
            entries.putIfAbsent(
                    "byteorder", (order == ByteOrder.BIG_ENDIAN ? "big" : "little").getBytes(StandardCharsets.UTF_8));
            entries.putIfAbsent("version", "3\n".getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry("archive/" + entry.getKey()));
                zip.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private void bytes(int... codes) {
        for (int code : codes) {
            pickle.write(code);
        }
    }

    private void put() {
        if (memo < 256) {
            bytes('q', memo);
        } else {
            bytes('r', memo & 0xff, memo >> 8 & 0xff, 0, 0);
        }
        memo++;
    }

    private void text(String text) {
        byte[] utf = text.getBytes(StandardCharsets.UTF_8);
        bytes('X', utf.length & 0xff, utf.length >> 8, 0, 0);
        pickle.writeBytes(utf);
        put();
    }

    private void number(int value) {
        if (value >= 0 && value < 1 << 8) {
            bytes('K', value);
        } else if (value >= 0 && value < 1 << 16) {
            bytes('M', value & 0xff, value >> 8);
        } else {
            bytes('J', value & 0xff, value >> 8 & 0xff, value >> 16 & 0xff, value >> 24 & 0xff);
        }
    }

    private void tuple(int[] values) {
        for (int value : values) {
            number(value);
        }
        bytes(values.length == 0 ? ')' : 0x84 + values.length);
        if (values.length > 0) {
            put();
        }
    }
}
