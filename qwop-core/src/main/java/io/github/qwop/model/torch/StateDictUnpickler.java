package io.github.qwop.model.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.Unpickler;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pickle of a state dict: an ordered dictionary of names and tensors whose values lie in storages beside it.
 *
 * <p>A pickle is a program for a stack machine, and may ask for any class to be made and called. Here a name is looked
 * up in a short list, and the file is refused if it is not there; the instructions too are those that a state dict
 * needs and no others.
 */
final class StateDictUnpickler extends Unpickler {

    /** Number formats of a storage. */
    enum Format {
        FLOAT(4),
        DOUBLE(8),
        HALF(2),
        BFLOAT16(2);

        final int bytes;

        Format(int bytes) {
            this.bytes = bytes;
        }
    }

    /**
     * A storage that a tensor refers to.
     *
     * @param key name of its entry in the file
     * @param numbers how many numbers it must hold
     */
    record Storage(Format format, String key, long numbers) {}

    /** A tensor as a view on a storage: where its first number is, its sizes, and the steps between neighbours. */
    record View(Storage storage, long offset, List<Long> shape, List<Long> stride) {}

    private static final IObjectConstructor ORDERED_DICT = arguments -> {
        if (arguments.length != 0) {
            throw new IllegalArgumentException("its dictionary is not a plain one");
        }
        return new LinkedHashMap<Object, Object>();
    };

    /** Arguments: storage, offset, size, stride, whether it wants gradients, hooks, and perhaps metadata. */
    private static final IObjectConstructor TENSOR = arguments ->
            new View((Storage) arguments[0], number(arguments[1]), numbers(arguments[2]), numbers(arguments[3]));

    /** All that a state dict may name. */
    private static final Map<String, Object> KNOWN = Map.of(
            "collections OrderedDict", ORDERED_DICT,
            "torch._utils _rebuild_tensor_v2", TENSOR,
            "torch FloatStorage", Format.FLOAT,
            "torch DoubleStorage", Format.DOUBLE,
            "torch HalfStorage", Format.HALF,
            "torch BFloat16Storage", Format.BFLOAT16);

    @Override
    protected Object dispatch(short opcode) throws IOException {
        switch (opcode) {
            case Opcodes.GLOBAL -> stack.add(named(line() + " " + line()));
            case Opcodes.BINUNICODE -> stack.add(text());
            // PyTorch puts the modules' versions on the dictionary as an attribute, which means nothing here.
            case Opcodes.BUILD -> stack.pop();
            case Opcodes.SETITEM -> {
                Object value = stack.pop();
                put(List.of(stack.pop(), value));
            }
            case Opcodes.SETITEMS -> put(stack.pop_all_since_marker());
            case Opcodes.PROTO,
                    Opcodes.STOP,
                    Opcodes.MARK,
                    Opcodes.EMPTY_TUPLE,
                    Opcodes.TUPLE,
                    Opcodes.TUPLE1,
                    Opcodes.TUPLE2,
                    Opcodes.TUPLE3,
                    Opcodes.EMPTY_DICT,
                    Opcodes.NONE,
                    Opcodes.NEWTRUE,
                    Opcodes.NEWFALSE,
                    Opcodes.BININT,
                    Opcodes.BININT1,
                    Opcodes.BININT2,
                    Opcodes.LONG1,
                    Opcodes.BINPUT,
                    Opcodes.LONG_BINPUT,
                    Opcodes.BINGET,
                    Opcodes.LONG_BINGET,
                    Opcodes.REDUCE,
                    Opcodes.BINPERSID -> {
                return super.dispatch(opcode);
            }
            default ->
                throw new IOException(
                        String.format("it has the pickle instruction 0x%02x, which no state dict has", opcode));
        }
        return NO_RETURN_VALUE;
    }

    /**
     * Puts keys and values, one after another, into the dictionary on the stack. Only texts may be keys: the hash of a
     * dictionary of shared dictionaries takes time that doubles with each level.
     */
    private void put(List<Object> items) throws IOException {
        @SuppressWarnings("unchecked")
        Map<Object, Object> dictionary = (Map<Object, Object>) stack.peek();
        for (int i = 0; i < items.size(); i += 2) {
            if (!(items.get(i) instanceof String)) {
                throw new IOException("one of its dictionaries has a key that is no text");
            }
            dictionary.put(items.get(i), items.get(i + 1));
        }
    }

    private static Object named(String name) throws IOException {
        Object known = KNOWN.get(name);
        if (known == null) {
            throw new IOException("it asks for " + name.replace(' ', '.') + ", which no state dict of numbers needs"
                    + " and which is not made or called here");
        }
        return known;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int letter = input.read(); letter != '\n'; letter = input.read()) {
            if (letter < 0) {
                throw new IOException("its pickle is truncated");
            }
            line.append((char) letter);
        }
        return line.toString();
    }

    /** A text with its length before it, which must not make us ask for more memory than the file has. */
    private String text() throws IOException {
        byte[] length = input.readNBytes(Integer.BYTES);
        if (length.length < Integer.BYTES) {
            throw new IOException("its pickle is truncated");
        }
        int count = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (count < 0 || count > input.available()) {
            throw new IOException("its pickle is truncated");
        }
        return new String(input.readNBytes(count), StandardCharsets.UTF_8);
    }

    /** The reference to a storage: the word storage, its format, its key, the device it was on, and its length. */
    @Override
    protected Object persistentLoad(Object reference) {
        Object[] parts = (Object[]) reference;
        if (parts.length != 5 || !"storage".equals(parts[0])) {
            throw new IllegalArgumentException("a tensor refers to something other than a storage");
        }
        return new Storage((Format) parts[1], (String) parts[2], number(parts[4]));
    }

    private static long number(@Nullable Object value) {
        return ((Number) java.util.Objects.requireNonNull(value)).longValue();
    }

    private static List<Long> numbers(Object tuple) {
        return java.util.Arrays.stream((Object[]) tuple)
                .map(StateDictUnpickler::number)
                .toList();
    }
}
