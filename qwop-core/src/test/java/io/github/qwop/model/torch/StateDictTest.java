package io.github.qwop.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateDictTest {

    private static final byte[] NOTHING = {};

    private static TorchFile file() {
        return new TorchFile(ByteOrder.LITTLE_ENDIAN);
    }

    private static StateDict read(byte[] content) throws IOException {
        return StateDict.read(new ByteArrayInputStream(content));
    }

    private static Tensor only(byte[] content) throws IOException {
        StateDict dict = read(content);
        assertThat(dict.tensors()).hasSize(1);
        return Objects.requireNonNull(dict.tensors().get("w"));
    }

    @Test
    void readsNamesShapesAndNumbersInOrder() throws IOException {
        StateDict dict = read(file().add("b.weight", new float[] {1, -2, 3.5f, 4, 5, 6}, 2, 3)
                .add("a.bias", new float[] {-0.25f, 7}, 2)
                .end());

        assertThat(dict.tensors().keySet()).containsExactly("b.weight", "a.bias");
        Tensor weight = Objects.requireNonNull(dict.tensors().get("b.weight"));
        assertThat(weight.shape()).containsExactly(2, 3);
        assertThat(weight.values()).containsExactly(1, -2, 3.5f, 4, 5, 6);
        assertThat(Objects.requireNonNull(dict.tensors().get("a.bias")).values())
                .containsExactly(-0.25f, 7);
    }

    @Test
    void readsManyTensorsWithLongMemoIndices() throws IOException {
        TorchFile file = file();
        for (int i = 0; i < 60; i++) {
            file.add("t" + i, new float[] {i}, 1);
        }
        StateDict dict = read(file.end());
        assertThat(dict.tensors()).hasSize(60);
        assertThat(Objects.requireNonNull(dict.tensors().get("t59")).values()).containsExactly(59);
    }

    @Test
    void readsBigEndianNumbers() throws IOException {
        byte[] content = new TorchFile(ByteOrder.BIG_ENDIAN)
                .add("w", new float[] {1.5f, -3}, 2)
                .end();
        assertThat(only(content).values()).containsExactly(1.5f, -3);
    }

    @Test
    void readsDoublesHalvesAndBrainFloats() throws IOException {
        ByteBuffer doubles = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        doubles.putDouble(0.1).putDouble(-2);
        assertThat(only(file().add("w", "DoubleStorage", doubles.array(), 2, 0, new int[] {2}, new int[] {1})
                                .end())
                        .values())
                .containsExactly(0.1f, -2);

        // 1, -2, the largest half, the smallest, infinity, and zero with a sign.
        ByteBuffer halves = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        for (int bits : new int[] {0x3c00, 0xc000, 0x7bff, 0x0001, 0x7c00, 0x8000}) {
            halves.putShort((short) bits);
        }
        assertThat(only(file().add("w", "HalfStorage", halves.array(), 6, 0, new int[] {6}, new int[] {1})
                                .end())
                        .values())
                .containsExactly(1, -2, 65504, 0x1p-24f, Float.POSITIVE_INFINITY, -0f);

        byte[] brain = {(byte) 0x80, 0x3f, 0x20, (byte) 0xc1};
        assertThat(only(file().add("w", "BFloat16Storage", brain, 2, 0, new int[] {2}, new int[] {1})
                                .end())
                        .values())
                .containsExactly(1, -10);
    }

    @Test
    void followsOffsetsAndStridesOfViews() throws IOException {
        ByteBuffer numbers = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 7; i++) {
            numbers.putFloat(i);
        }
        // A transposed 2 × 3 matrix that begins at 1.
        Tensor tensor = only(file().add("w", "FloatStorage", numbers.array(), 7, 1, new int[] {3, 2}, new int[] {1, 3})
                .end());
        assertThat(tensor.shape()).isEqualTo(List.of(3, 2));
        assertThat(tensor.values()).containsExactly(1, 4, 2, 5, 3, 6);
    }

    @ParameterizedTest
    @CsvSource({"os, system", "builtins, eval", "posix, system", "torch, load", "torch, LongStorage", "a, b"})
    void refusesToMakeOrCallAnythingElse(String module, String name) {
        // What a hostile pickle does: name a function, give it an argument, call it.
        byte[] content = file().raw("c" + module + "\n" + name + "\n(X\u0005\0\0\0touchtR.")
                .zipped();
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it asks for " + module + "." + name);
    }

    @ParameterizedTest
    @CsvSource({"93, STACK_GLOBAL", "69, INST", "6f, OBJ", "81, NEWOBJ", "82, EXT1", "97, NEXT_BUFFER", "50, PERSID"})
    void refusesInstructionsThatNoStateDictHas(String code, String why) {
        char instruction = (char) Integer.parseInt(code, 16);
        byte[] content = file().raw(String.valueOf(instruction)).zipped();
        assertThatThrownBy(() -> read(content))
                .as(why)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("0x" + code);
    }

    @Test
    void refusesTextsThatAreLongerThanTheFile() {
        byte[] content = file().raw("X\u00ff\u00ff\u00ff\u007f").zipped();
        assertThatThrownBy(() -> read(content)).isInstanceOf(IOException.class).hasMessageContaining("truncated");
    }

    @Test
    void refusesWhatIsNoDictionaryOfTensors() {
        assertThatThrownBy(() -> read(file().raw("u0").zipped())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read(file().raw("X\u0001\0\0\0aK\u0001u.").zipped()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not that of a state dict");
        assertThatThrownBy(() -> read(file().raw("tQ.").zipped())).isInstanceOf(IOException.class);
    }

    /** Shared dictionaries some 60 levels deep would keep a hash map busy for years. */
    @Test
    void refusesDictionariesAsKeys() {
        assertThatThrownBy(() -> read(file().raw("}X\u0001\0\0\0a}sK\u0001u.").zipped()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a key that is no text");
        assertThatThrownBy(() -> read(file().raw("}}}su.").zipped()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a key that is no text");
    }

    @Test
    void refusesTensorsThatLeaveTheirStorage() {
        int[][] shapes = {{3}, {2, 2}, {1 << 20, 1 << 20}, {-1}, {0}};
        int[][] strides = {{1}, {2, 1}, {1, 1}, {1}, {1}};
        for (int i = 0; i < shapes.length; i++) {
            byte[] content = file().add("w", "FloatStorage", new byte[8], 2, 0, shapes[i], strides[i])
                    .end();
            assertThatThrownBy(() -> read(content))
                    .as(Arrays.toString(shapes[i]))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("does not fit its storage of 2 numbers");
        }
        assertThatThrownBy(() -> read(file().add("w", "FloatStorage", new byte[8], 2, 1, new int[] {2}, new int[] {1})
                        .end()))
                .hasMessageContaining("does not fit");
        assertThatThrownBy(() -> read(
                        file().add("w", "FloatStorage", new byte[8], 2, 0, new int[] {1, 1, 2}, new int[] {2, 2, 1})
                                .end()))
                .hasMessageContaining("at most two dimensions");
    }

    @Test
    void refusesStoragesOfOtherLengthsThanTheyShouldHave() {
        assertThatThrownBy(() -> read(file().add("w", "FloatStorage", new byte[7], 2, 0, new int[] {2}, new int[] {1})
                        .end()))
                .hasMessageContaining("its tensor w has 7 bytes instead of 8");
        assertThatThrownBy(() -> read(file().add("w", "FloatStorage", new byte[9], 2, 0, new int[] {2}, new int[] {1})
                        .end()))
                .hasMessageContaining("more than 8 bytes");
        assertThatThrownBy(() -> read(file().add("w", "FloatStorage", NOTHING, 1 << 30, 0, new int[] {1}, new int[] {1})
                        .end()))
                .hasMessageContaining("more than");
    }

    @Test
    void refusesOtherFiles() {
        assertThatThrownBy(() -> read("no zip".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("before 1.6");
        assertThatThrownBy(() -> read(file().entry("version", "11\n").end())).hasMessageContaining("version 11");
        assertThatThrownBy(() -> read(file().entry("byteorder", "middle").end()))
                .hasMessageContaining("middle");
    }

    /** Cut off or altered anywhere, a file is read or refused, and nothing else happens. */
    @Property(tries = 300)
    void survivesDamage(@ForAll @IntRange(min = 0, max = 2000) int at, @ForAll @IntRange(min = 1, max = 255) int flip) {
        byte[] whole = file().add("w", new float[] {1, 2}, 2).end();
        int where = at % whole.length;
        AtomicInteger outcomes = new AtomicInteger();
        byte[] altered = whole.clone();
        altered[where] ^= (byte) flip;
        for (byte[] damaged : List.of(Arrays.copyOf(whole, where), altered)) {
            try {
                assertThat(read(damaged)).isNotNull();
            } catch (IOException e) {
                assertThat(e).hasMessageNotContaining("OutOfMemory");
            }
            outcomes.incrementAndGet();
        }
        assertThat(outcomes).hasValue(2);
    }
}
