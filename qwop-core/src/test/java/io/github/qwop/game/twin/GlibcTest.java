package io.github.qwop.game.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.game.Trigonometry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Against the GNU C library itself: arguments of ±1, ±6.3, ±100, ±10,000 and tiny ones, with its sines and cosines. */
class GlibcTest {

    private static final int ARGUMENTS = 10_000;

    @Test
    void everySineAndCosineIsTheGnuLibrarysBitForBit() throws IOException {
        SineCosine glibc = SineCosine.of(Trigonometry.GLIBC);
        int sines = 0;
        int cosines = 0;
        int likeFdlibm = 0;
        ByteBuffer triples = triples();
        for (int i = 0; i < ARGUMENTS; i++) {
            double argument = triples.getDouble();
            double sine = triples.getDouble();
            double cosine = triples.getDouble();
            sines += same(glibc.sineOf(argument), sine) ? 1 : 0;
            cosines += same(glibc.cosineOf(argument), cosine) ? 1 : 0;
            likeFdlibm += same(StrictMath.sin(argument), sine) ? 1 : 0;
        }
        assertThat(sines).isEqualTo(ARGUMENTS);
        assertThat(cosines).isEqualTo(ARGUMENTS);
        assertThat(likeFdlibm).as("another sine is told apart").isLessThan(ARGUMENTS - 100);
    }

    @Test
    void beyondEveryAngleOfTheGameItStaysASine() {
        SineCosine glibc = SineCosine.of(Trigonometry.GLIBC);

        assertThat(glibc.sineOf(1e300)).isEqualTo(StrictMath.sin(1e300));
        assertThat(glibc.cosineOf(Double.POSITIVE_INFINITY)).isNaN();
        assertThat(glibc.sineOf(Double.NaN)).isNaN();
        assertThat(same(glibc.sineOf(-0.0), -0.0)).isTrue();
    }

    private static boolean same(double a, double b) {
        return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
    }

    private static ByteBuffer triples() throws IOException {
        try (InputStream in =
                new GZIPInputStream(Objects.requireNonNull(GlibcTest.class.getResourceAsStream("/gold/sine.bin.gz")))) {
            ByteBuffer triples = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(triples.remaining()).isEqualTo(ARGUMENTS * 3 * Double.BYTES);
            return triples;
        }
    }
}
