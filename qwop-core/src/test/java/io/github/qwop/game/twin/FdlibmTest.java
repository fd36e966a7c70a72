package io.github.qwop.game.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.random.RandomStream;
import org.junit.jupiter.api.Test;

class FdlibmTest {

    private static final double[] SPECIAL = {
        0,
        -0.0,
        1e-300,
        1e-9,
        0x1p-27,
        0x1p-28,
        Math.PI / 4,
        Math.PI / 2,
        Math.PI,
        3 * Math.PI / 4,
        2 * Math.PI,
        1.0,
        -1.5,
        6,
        22,
        1e5
    };

    @Test
    void sineAndCosineAreStrictMathsBitForBit() {
        Fdlibm fdlibm = new Fdlibm();
        for (double angle : SPECIAL) {
            check(fdlibm, angle);
            check(fdlibm, -angle);
            check(fdlibm, Math.nextUp(angle));
        }
        RandomStream random = RandomStream.of(1, "angles");
        for (int i = 0; i < 200_000; i++) {
            check(fdlibm, (2 * random.nextDouble() - 1) * (i % 2 == 0 ? 7 : 2000));
        }
    }

    private static void check(Fdlibm fdlibm, double angle) {
        fdlibm.of(angle);
        if (Double.doubleToRawLongBits(fdlibm.sin) != Double.doubleToRawLongBits(StrictMath.sin(angle))
                || Double.doubleToRawLongBits(fdlibm.cos) != Double.doubleToRawLongBits(StrictMath.cos(angle))) {
            assertThat(new double[] {fdlibm.sin, fdlibm.cos})
                    .as("sine and cosine of %s", angle)
                    .containsExactly(StrictMath.sin(angle), StrictMath.cos(angle));
        }
    }
}
