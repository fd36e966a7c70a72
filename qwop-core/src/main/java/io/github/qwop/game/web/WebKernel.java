package io.github.qwop.game.web;

import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.SineCosine;
import io.github.qwop.game.twin.Twin;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;
import org.teavm.jso.typedarrays.Float64Array;

/**
 * What TeaVM compiles: the twin behind {@code window.qwop}, which has {@code reset()}, {@code step(keys, frames)} and
 * {@code state}, a Float64Array laid out as {@link PageState} says; {@code compute(name)}, which begins anew with the
 * {@link Trigonometry} of that name; and {@code sine(angle)} and {@code cosine(angle)}, which it then computes with: a
 * browser's own may differ. It draws nothing and knows no page, so that whoever plays it pays for nothing else.
 *
 * <p>TeaVM 0.15 prints {@code a * (b * c)} without its brackets, which rounds differently, also where b * c was a
 * variable used once. In what is compiled, a product stands to the left: {@code b * c * a}. The trajectory hash of the
 * tests finds the places.
 */
final class WebKernel {

    private static final double[] STATE = new double[PageState.LENGTH];

    private static Twin twin = new Twin();
    private static SineCosine functions = SineCosine.of(twin.trigonometry());

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
                WebKernel::compute,
                WebKernel::sine,
                WebKernel::cosine);
    }

    private static void compute(String trigonometry) {
        if (!twin.trigonometry().text().equals(trigonometry)) {
            twin = new Twin(Trigonometry.named(trigonometry));
            functions = SineCosine.of(twin.trigonometry());
        }
        reset();
    }

    private static double sine(double angle) {
        return functions.sineOf(angle);
    }

    private static double cosine(double angle) {
        return functions.cosineOf(angle);
    }

    private static void reset() {
        twin.reset();
        read(0);
    }

    private static void step(int keys, int frames) {
        read(twin.step(keys, frames));
    }

    private static void read(int played) {
        PageState.write(twin, played, STATE);
        twin.readHurdle(STATE, PageState.HURDLE);
    }

    @JSBody(
            params = {"state", "reset", "step", "compute", "sine", "cosine"},
            script = "window.qwop = { state: state, reset: reset, step: step, compute: compute, sine: sine,"
                    + " cosine: cosine };")
    private static native void publish(
            Float64Array state, Reset reset, Step step, Compute compute, Function sine, Function cosine);

    @JSFunctor
    interface Reset extends JSObject {
        void reset();
    }

    @JSFunctor
    interface Step extends JSObject {
        void step(int keys, int frames);
    }

    @JSFunctor
    interface Compute extends JSObject {
        void compute(String trigonometry);
    }

    @JSFunctor
    interface Function extends JSObject {
        double of(double angle);
    }
}
