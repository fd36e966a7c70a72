package io.github.qwop.game.page;

import io.github.qwop.game.Game;
import io.github.qwop.game.Keys;
import io.github.qwop.game.web.PageState;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.htmlunit.corejs.javascript.Function;
import org.htmlunit.corejs.javascript.typedarrays.NativeArrayBuffer;

/**
 * A game in a hosted page. The page writes its state into one array of doubles, laid out as {@link PageState} says;
 * Java reads that array's memory, so that a step is one call into the page, whatever is asked afterwards.
 *
 * <p>Not thread safe: one thread at a time plays a game.
 */
abstract sealed class PageGame implements Game permits GenuineGame, OpenPageGame {

    private static final VarHandle DOUBLES =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    final PageHost host;
    private final Function step;
    private final byte[] state;

    /**
     * @param host where the page is open
     * @param step the page's function of keys and frames
     * @param state the memory of the page's array
     */
    PageGame(PageHost host, Function step, NativeArrayBuffer state) {
        this.host = host;
        this.step = step;
        this.state = state.getBuffer();
    }

    @Override
    public int step(int keys, int frames) {
        Keys.check(keys);
        if (frames < 1) {
            throw new IllegalArgumentException("frames is " + frames + ": play at least 1 game update.");
        }
        host.call(step, keys, frames);
        return (int) value(PageState.PLAYED);
    }

    @Override
    public void readBodies(double[] target, int offset) {
        for (int i = 0; i < BODY_VALUES; i++) {
            target[offset + i] = value(PageState.BODIES + i);
        }
    }

    @Override
    public double scoreTime() {
        return value(PageState.SCORE_TIME);
    }

    @Override
    public double score() {
        return value(PageState.SCORE);
    }

    @Override
    public boolean gameEnded() {
        return value(PageState.GAME_ENDED) != 0;
    }

    @Override
    public boolean fallen() {
        return value(PageState.FALLEN) != 0;
    }

    @Override
    public boolean jumped() {
        return value(PageState.JUMPED) != 0;
    }

    @Override
    public boolean jumpLanded() {
        return value(PageState.JUMP_LANDED) != 0;
    }

    /** Closes the browser. */
    @Override
    public void close() {
        host.close();
    }

    private double value(int place) {
        return (double) DOUBLES.get(state, place * Double.BYTES);
    }
}
