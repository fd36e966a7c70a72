package io.github.qwop.game.web;

import io.github.qwop.game.twin.Fdlibm;
import io.github.qwop.game.twin.Twin;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Float64Array;

/**
 * What TeaVM compiles: the twin behind {@code window.qwop}, which has {@code reset()}, {@code step(keys, frames)} and
 * {@code state}, a Float64Array laid out as {@link PageState} says. {@code sine(angle)} and {@code cosine(angle)} are
 * those that it computes with: a browser's own may differ. It draws nothing and knows no page, so that whoever plays it
 * pays for nothing else.
 *
 * <p>TeaVM 0.15 prints {@code a * (b * c)} without its brackets, which rounds differently, also where b * c was a
 * variable used once. In what is compiled, a product stands to the left: {@code b * c * a}. The trajectory hash of the
 * tests finds the places.
 */
final class WebKernel {

    private static final Twin TWIN = new Twin();
    private static final Fdlibm FDLIBM = new Fdlibm();
    private static final double[] STATE = new double[PageState.LENGTH];

    private WebKernel() {}

    /**
     * Puts the game, at its canonical start, into the page.
     *
     * @param args none
     */
    public static void main(String[] args) {
        read(0);
        publish(
                Float64Array.fromJavaArray(STATE),
                WebKernel::reset,
                WebKernel::step,
                WebKernel::sine,
                WebKernel::cosine);
    }

    private static void reset() {
        TWIN.reset();
        read(0);
    }

    private static void step(int keys, int frames) {
        read(TWIN.step(keys, frames));
    }

    private static void read(int played) {
        PageState.write(TWIN, played, STATE);
        TWIN.readHurdle(STATE, PageState.HURDLE);
    }

    private static double sine(double angle) {
        FDLIBM.of(angle);
        return FDLIBM.sin;
    }

    private static double cosine(double angle) {
        FDLIBM.of(angle);
        return FDLIBM.cos;
    }

    @JSBody(
            params = {"state", "reset", "step", "sine", "cosine"},
            script = "window.qwop = { state: state, reset: reset, step: step, sine: sine, cosine: cosine };")
    private static native void publish(Float64Array state, Reset reset, Step step, Angle sine, Angle cosine);

    @JSFunctor
    interface Reset extends JSObject {
        void reset();
    }

    @JSFunctor
    interface Step extends JSObject {
        void step(int keys, int frames);
    }

    @JSFunctor
    interface Angle extends JSObject {
        double of(double angle);
    }
}
